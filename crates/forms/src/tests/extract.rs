//! Data out of documents.

use super::{annual, of_text, seed};

#[test]
fn every_cell_of_the_first_report_is_read() {
    let form = annual("2019");
    let extraction = of_text(form, &seed());
    let told: Vec<_> = extraction.findings.iter().map(|f| f.line(crate::Language::English)).collect();
    assert_eq!(told, Vec::<String>::new());
    let report = &extraction.report;
    let numbers = form.fields().iter().filter(|field| field.kind.is_number() && field.id.contains('.'));
    let mut count = 0;
    for field in numbers {
        let wanted = match field.id.as_str() {
            "t2.reg.made" | "t2.reg.disclosed" | "t2.reg.total" => "2",
            _ => "0",
        };
        let value = report.fields.get(&field.id).map(|value| value.shown());
        assert_eq!(value, Some(wanted), "{}", field.id);
        count += 1;
    }
    assert_eq!(count, 198);
    assert_eq!(report.fields["year"].shown(), "2019");
    assert_eq!(report.fields["org"].shown(), "双牌县政务服务中心");
    let prose: Vec<_> = report.prose.iter().map(|(id, blocks)| (id.as_str(), blocks.len())).collect();
    assert_eq!(prose, [("s0", 1), ("s1", 9), ("s5", 2), ("s6", 1)]);
    println!("{}", extraction.explain(form));
}
