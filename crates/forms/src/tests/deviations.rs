//! What real reports do wrong: the right value, or a finding that says why not.

use super::{annual, lines, of_html, of_text, template};
use crate::{CheckResult, Extraction, FieldValue, FindingKind, Gravity, built_in, check, detect};

/// The page of a report in which every cell holds 0, but for those that are given.
fn page(edition: &str, given: &[(&str, &str)]) -> String {
    let mut page = template(edition).to_owned();
    let year = if edition == "2019" { "2019" } else { "2022" };
    let title = format!("{year}年某县某局政府信息公开工作年度报告");
    page = page.replace("{{title}}", &title);
    for (id, value) in given {
        page = page.replace(&format!("{{{{{id}}}}}"), value);
    }
    for prose in ["s0", "s1", "s2", "s3", "s4", "s5", "s6"] {
        page = page.replace(&format!("{{{{{prose}}}}}"), "");
    }
    let mut filled = String::new();
    let mut rest = page.as_str();
    while let Some((before, behind)) = rest.split_once("{{") {
        filled.push_str(before);
        filled.push('0');
        rest = behind.split_once("}}").expect("the end of a field").1;
    }
    filled + rest
}

fn value(extraction: &Extraction, id: &str) -> String {
    match extraction.report.fields.get(id) {
        None => "unknown".into(),
        Some(FieldValue::Blank) => "blank".into(),
        Some(FieldValue::NotApplicable(text)) => format!("na {text}"),
        Some(FieldValue::Unreadable(text)) => format!("? {text}"),
        Some(value) => value.shown().to_owned(),
    }
}

fn values(extraction: &Extraction, ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| value(extraction, id)).collect()
}

fn kinds(extraction: &Extraction) -> Vec<FindingKind> {
    extraction
        .findings
        .iter()
        .map(|finding| finding.kind)
        .collect()
}

fn checked(extraction: &Extraction, edition: &str) -> CheckResult {
    check(annual(edition), &extraction.report, None)
}

#[test]
fn the_edition_is_told_by_labels_and_held_against_the_year() {
    let html = page("2019", &[("t2.reg.made", "3")]).replace("2019年某县", "2023年某县");
    let outcome = super::read(&tabulary_read_html::HtmlReader, html.as_bytes());
    let fits = detect(&built_in(), &outcome.value);
    assert_eq!((fits[0].form.edition(), fits[0].share), ("2019", 1000));
    let found = of_html(annual("2019"), &html);
    assert_eq!(value(&found, "t2.reg.made"), "3");
    let result = checked(&found, "2019");
    let told: Vec<_> = result
        .findings
        .iter()
        .map(|finding| (finding.kind, finding.severity))
        .collect();
    assert_eq!(told, [(FindingKind::Edition, Gravity::Warning)]);
}

#[test]
fn blanks_are_not_zero() {
    let form = annual("2021");
    let row: Vec<(String, &str)> = ["new", "carried_in", "total", "carried_out"]
        .iter()
        .map(|row| (format!("t3.{row}.sum"), ""))
        .collect();
    let mut given: Vec<(&str, &str)> = row.iter().map(|(id, text)| (id.as_str(), *text)).collect();
    given.extend([
        ("t3.new.nat", "3"),
        ("t3.carried_out.nat", "3"),
        ("t4.review.pending", "-"),
        ("t2.fee.amount", "无"),
    ]);
    let found = of_html(form, &page("2021", &given));
    assert_eq!(kinds(&found), []);
    assert_eq!(
        values(
            &found,
            &[
                "t3.new.nat",
                "t3.new.biz",
                "t3.new.sum",
                "t4.review.pending",
                "t2.fee.amount"
            ]
        ),
        ["3", "0", "blank", "na -", "na 无"]
    );
    let result = checked(&found, "2021");
    assert_eq!((result.violated, result.findings.len()), (0, 0));
    let open: Vec<&str> = result.undecided.keys().map(String::as_str).collect();
    assert_eq!(
        open,
        [
            "T3.identity.sum",
            "T3.row.carried_in",
            "T3.row.carried_out",
            "T3.row.new",
            "T3.row.total",
            "T3.total.sum",
            "T4.review"
        ]
    );
    assert_eq!(result.undecided["T4.review"], ["t4.review.pending"]);
}

#[test]
fn a_table_that_is_blank_is_blank() {
    let form = annual("2021");
    let given: Vec<(String, &str)> = form
        .fields()
        .iter()
        .filter(|field| field.id.starts_with("t4."))
        .map(|field| (field.id.clone(), ""))
        .collect();
    let given: Vec<(&str, &str)> = given
        .iter()
        .map(|(id, text)| (id.as_str(), *text))
        .collect();
    let found = of_html(form, &page("2021", &given));
    assert_eq!(kinds(&found), []);
    assert_eq!(value(&found, "t4.after.sum"), "blank");
    assert_eq!(checked(&found, "2021").undecided.len(), 3);
}

#[test]
fn values_whose_empty_neighbours_vanished_are_not_guessed() {
    let text = super::seed()
        .replace(
            "| 一、本年新收政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | ||",
            "| 一、本年新收政府信息公开申请数量 | 7 | 1 | 8 |",
        )
        .replace(
            "| 三、本年度办理结果 | (一)予以公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | |",
            "| 三、本年度办理结果 | (一)予以公开 | 3 | 3 |",
        );
    let found = of_text(annual("2019"), &text);
    let lost: Vec<String> = found
        .findings
        .iter()
        .filter(|finding| finding.kind == FindingKind::PositionLost)
        .map(|finding| finding.line(crate::Language::English))
        .collect();
    assert_eq!(lost.len(), 2, "{lost:?}");
    assert!(
        lost[0].contains("7 | 1 | 8") && lost[0].starts_with("line 40"),
        "{lost:?}"
    );
    for id in ["t3.new.nat", "t3.new.biz", "t3.new.sum", "t3.granted.nat"] {
        assert_eq!(value(&found, id), "unknown", "{id}");
    }
    assert_eq!(value(&found, "t3.carried_in.sum"), "0");
    assert_eq!(checked(&found, "2019").violated, 0);
}

#[test]
fn signs_and_units_are_read() {
    let given = [
        ("t2.lic.prev", "3"),
        ("t2.lic.delta", "+2"),
        ("t2.svc.delta", "-1"),
        ("t2.svc.prev", "９"),
        ("t2.pun.delta", "减3"),
        ("t2.pun.prev", "1,234"),
        ("t2.proc.amount", "251000元"),
        ("t2.proc.count", "十七"),
        ("t2.reg.made", "0件"),
    ];
    let found = of_html(annual("2019"), &page("2019", &given));
    assert_eq!(
        values(
            &found,
            &[
                "t2.lic.prev",
                "t2.lic.delta",
                "t2.svc.delta",
                "t2.svc.prev",
                "t2.pun.delta",
                "t2.pun.prev",
                "t2.proc.amount",
                "t2.proc.count",
                "t2.reg.made"
            ]
        ),
        ["3", "2", "-1", "9", "-3", "1234", "251000", "? 十七", "0"]
    );
    let result = checked(&found, "2019");
    let told: Vec<_> = result
        .findings
        .iter()
        .map(|finding| (finding.kind, finding.cells[0].field.as_str()))
        .collect();
    assert_eq!(told, [(FindingKind::Value, "t2.proc.count")]);
    let given = [("t2.fee.amount", "2.02"), ("t2.reg.issued", "1 234")];
    let found = of_html(annual("2021"), &page("2021", &given));
    assert_eq!(
        values(&found, &["t2.fee.amount", "t2.reg.issued"]),
        ["2.02", "1234"]
    );
}

#[test]
fn a_misread_column_is_read_as_it_stands() {
    let given = [
        ("t2.lic.prev", "22"),
        ("t2.lic.delta", "+1"),
        ("t2.lic.decisions", "23"),
    ];
    let found = of_html(annual("2019"), &page("2019", &given));
    assert_eq!(
        values(&found, &["t2.lic.prev", "t2.lic.delta", "t2.lic.decisions"]),
        ["22", "1", "23"]
    );
}

#[test]
fn labels_may_be_other_names_cut_noted_or_missing() {
    let given = [
        ("t2.norm.valid", "5"),
        ("t3.new.biz", "2"),
        ("t3.total.biz", "2"),
        ("t3.granted.biz", "2"),
        ("t3.new.sum", "2"),
        ("t3.total.sum", "2"),
        ("t3.granted.sum", "2"),
    ];
    let html = page("2021", &given)
        .replace("行政规范性文件", "规范性文件")
        .replace("<th rowspan=\"2\">自然人</th>", "<th rowspan=\"2\"></th>")
        .replace("商业企业", "商业 企业")
        .replace("第二十条第（一）项", "第二十条 第(一)项")
        .replace("行政处罚</th>", "行政处罚（含当场处罚）</th>")
        .replace('（', "(")
        .replace('）', ")");
    let found = of_html(annual("2021"), &html);
    let ids = given.map(|(id, _)| id);
    assert_eq!(values(&found, &ids), given.map(|(_, value)| value));
    assert_eq!(value(&found, "t2.pun.decisions"), "0");
    assert_eq!(checked(&found, "2021").violated, 0);
    let cut = page(
        "2019",
        &[
            ("t2.reg.made", "1"),
            ("t2.reg.disclosed", "2"),
            ("t2.reg.total", "3"),
        ],
    )
    .replace("本年新制作数量", "本年新")
    .replace("本年新公开数量", "本年新");
    let found = of_html(annual("2019"), &cut);
    assert_eq!(
        values(&found, &["t2.reg.made", "t2.reg.disclosed", "t2.reg.total"]),
        ["1", "2", "3"]
    );
}

#[test]
fn extra_rows_and_lines_are_told() {
    let html = page("2021", &[("t2.norm.issued", "4"), ("t2.norm.valid", "4")]).replace(
        "<tr><th colspan=\"4\">第二十条第（五）项</th></tr>",
        "<tr><th>其他主动公开文件</th><td>7</td><td>8</td><td>9</td></tr><tr><th colspan=\"4\">第二十条第（五）项</th></tr>",
    );
    let html = html.replace(
        "<h2>四、",
        "<p>全年主动公开政府信息发布总数量：2条</p><h2>四、",
    );
    let found = of_html(annual("2021"), &html);
    let told = lines(&found);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("其他主动公开文件 | 7 | 8 | 9"), "{told:?}");
    assert_eq!(
        values(
            &found,
            &["t2.norm.issued", "t2.norm.valid", "t2.lic.decisions"]
        ),
        ["4", "4", "0"]
    );
    let between = &found.report.prose["s3"];
    assert_eq!(
        tabulary_ir::blocks_text(between),
        "全年主动公开政府信息发布总数量：2条"
    );
}

#[test]
fn sections_have_other_titles() {
    let html = page("2021", &[])
        .replace(
            "五、存在的主要问题及改进情况",
            "五、政府信息公开工作存在的主要问题及改进情况",
        )
        .replace(
            "二、主动公开政府信息情况",
            "二、行政机关主动公开政府信息情况",
        )
        .replace(
            "三、收到和处理政府信息公开申请情况",
            "三、收到和处理政府信息公开的申请情况",
        )
        .replace(
            "六、其他需要报告的事项</h2>",
            "六、其他需要汇报事项</h2><p>无其他事项。</p>",
        );
    let found = of_html(annual("2021"), &html);
    assert_eq!(lines(&found), Vec::<String>::new());
    assert_eq!(
        tabulary_ir::blocks_text(&found.report.prose["s6"]),
        "无其他事项。"
    );
}

#[test]
fn numbering_may_be_lost_or_another() {
    let given = [
        ("t3.deny8.nat", "6"),
        ("t3.granted.nat", "5"),
        ("t3.other3.law", "4"),
    ];
    let html = page("2021", &given)
        .replace("（一）予以公开", "1、予以公开")
        .replace("（三）不予公开", "3、不予公开")
        .replace("8.属于行政查询事项", "⑧属于行政查询事项")
        .replace("3.其他<", "其他<");
    let found = of_html(annual("2021"), &html);
    assert_eq!(values(&found, &given.map(|(id, _)| id)), ["6", "5", "4"]);
}

#[test]
fn tables_that_are_pictures_are_told_as_missing() {
    let html = page("2021", &[]);
    let start = html.find("<h2>三").expect("the section");
    let end = html.find("<h2>四").expect("the section");
    let html = format!(
        "{}<h2>三、收到和处理政府信息公开申请情况</h2><p>相关附件:</p>{}",
        &html[..start],
        &html[end..]
    );
    let found = of_html(annual("2021"), &html);
    assert_eq!(kinds(&found), [FindingKind::TableMissing]);
    assert_eq!(
        values(&found, &["t3.new.nat", "t4.review.sum"]),
        ["unknown", "0"]
    );
}

#[test]
fn header_letters_may_stand_below_one_another() {
    let mut html = page("2021", &[("t4.review.upheld", "1"), ("t4.after.sum", "9")]);
    for label in ["结果维持", "结果纠正", "其他结果", "尚未审结"] {
        let letters: Vec<String> = label.chars().map(String::from).collect();
        html = html.replace(
            &format!("<th>{label}</th>"),
            &format!("<th>{}</th>", letters.join("<br>")),
        );
        html = html.replace(
            &format!("<th rowspan=\"2\">{label}</th>"),
            &format!("<th rowspan=\"2\">{}</th>", letters.join("<br>")),
        );
    }
    let found = of_html(annual("2021"), &html);
    assert_eq!(
        values(&found, &["t4.review.upheld", "t4.after.sum"]),
        ["1", "9"]
    );
}

#[test]
fn a_table_that_was_cut_over_pages_is_one() {
    let html = page(
        "2021",
        &[
            ("t3.new.nat", "1"),
            ("t3.refuse2.oth", "2"),
            ("t3.carried_out.sum", "3"),
        ],
    );
    let head_start = html.find("<thead>").expect("the header");
    let head_end = html.find("</thead>").expect("its end") + 8;
    let head = html[head_start..head_end].to_owned();
    let at = html
        .find("<tr>\n  <th rowspan=\"5\">（五）不予处理")
        .expect("the row");
    let html = format!(
        "{}</tbody></table><table>{head}<tbody>{}",
        &html[..at],
        &html[at..]
    );
    let found = of_html(annual("2021"), &html);
    assert_eq!(
        values(
            &found,
            &["t3.new.nat", "t3.refuse2.oth", "t3.carried_out.sum"]
        ),
        ["1", "2", "3"]
    );
    assert!(
        !kinds(&found).contains(&FindingKind::Missing),
        "{:?}",
        lines(&found)
    );
}

#[test]
fn numbers_in_text_are_held_against_tables() {
    let given = [
        ("t4.review.upheld", "170"),
        ("t4.review.sum", "170"),
        (
            "s1",
            "</p><p>本年新收政府信息公开申请0件。全年行政复议134件，行政诉讼0件。主动公开信息  条，公开四十余条。",
        ),
    ];
    let found = of_html(annual("2021"), &page("2021", &given));
    let result = checked(&found, "2021");
    let told: Vec<_> = result
        .findings
        .iter()
        .map(|finding| {
            (
                finding.rule.as_deref(),
                finding.found.as_deref(),
                finding.expected.as_deref(),
                finding.difference.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [(Some("P.review"), Some("134"), Some("170"), Some("-36"))]
    );
    assert!(result.findings[0].origin.is_some());
}

#[test]
fn the_preamble_and_the_title_stand_where_they_like() {
    let html = page("2021", &[("s0", "本报告由某局编制。")]);
    let found = of_html(annual("2021"), &html);
    assert_eq!(
        tabulary_ir::blocks_text(&found.report.prose["s0"]),
        "本报告由某局编制。"
    );
    let two_lines = html.replace(
        "<h1>2022年某县某局政府信息公开工作年度报告</h1>",
        "<p>某县某局</p><p>2022年度政府信息公开工作年度报告</p>",
    );
    let two_lines = two_lines.replace("<title>2022年某县某局政府信息公开工作年度报告</title>", "");
    let found = of_html(annual("2021"), &two_lines);
    assert_eq!(values(&found, &["org", "year"]), ["某县某局", "2022"]);
    let no_year = html.replace("2022年某县某局", "某县某局");
    let found = of_html(annual("2021"), &no_year);
    assert_eq!(values(&found, &["year", "t2.reg.valid"]), ["unknown", "0"]);
}

#[test]
fn noise_of_a_site_around_the_report_does_no_harm() {
    let html = page("2021", &[("t2.reg.valid", "12")]).replace(
        "<h1>",
        "<p>首页 &gt; 政府信息公开 &gt; 年度报告</p><p>字体：[大 中 小]</p><p>扫一扫在手机打开当前页</p><table><tr><td>索引号</td><td>014416330/2018-04736</td></tr></table><h1>",
    );
    let html = html.replace(
        "</body>",
        "<p>分享到：微信</p><table><tr><td>2020</td><td>12</td></tr></table></body>",
    );
    let found = of_html(annual("2021"), &html);
    assert_eq!(lines(&found), Vec::<String>::new());
    assert_eq!(value(&found, "t2.reg.valid"), "12");
}
