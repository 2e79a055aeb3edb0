//! The records of a deposit name each file and say what it is.

use super::{REPORT, REPORT_NAME, files, made};

/// Texts between two marks.
fn between<'a>(text: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    let parts = text.split(from).skip(1);
    parts.filter_map(|part| part.split(to).next()).collect()
}

#[test]
fn premis_and_mets_name_every_file_with_its_digest() {
    let deposit = made(&[
        (REPORT_NAME, REPORT),
        ("town/a b.csv", b"a,b\n1,2\n"),
        ("x.png", b"\x89PNG"),
    ]);
    let all = files(&deposit);
    let text = |name: &str| String::from_utf8(all[name].clone()).expect("UTF-8");
    let (premis, mets) = (
        text("data/metadata/premis.xml"),
        text("data/metadata/mets.xml"),
    );
    let objects = between(&premis, "<object xsi:type=\"file\">", "</object>");
    let records = ["data/metadata/premis.xml", "data/metadata/mets.xml"];
    let mut count = 0;
    for (path, bytes) in all.iter().filter(|(path, _)| path.starts_with("data/")) {
        let digests = crate::Digests::of(bytes);
        let value = format!("<objectIdentifierValue>{path}</objectIdentifierValue>");
        let object = objects.iter().filter(|object| object.contains(&value));
        let object: Vec<_> = object.collect();
        if !records.contains(&path.as_str()) {
            assert_eq!(object.len(), 1, "{path}");
            let says = [
                digests.sha256,
                digests.sha512.clone(),
                format!("<size>{}</size>", bytes.len()),
            ];
            assert!(says.iter().all(|said| object[0].contains(said)), "{path}");
            count += 1;
        }
        if path != records[1] {
            let href = path
                .replacen("data/", "xlink:href=\"../", 1)
                .replace(' ', "%20");
            assert!(mets.contains(&href), "{path}");
            assert!(mets.contains(&digests.sha512), "{path}");
        }
    }
    assert_eq!(objects.len(), count);
    assert!(premis.contains("<originalName>town/a b.csv</originalName>"));
}

#[test]
fn every_event_and_agent_that_is_referred_to_is_there() {
    let deposit = made(&[(REPORT_NAME, REPORT), ("x.png", b"\x89PNG")]);
    let premis =
        String::from_utf8(files(&deposit)["data/metadata/premis.xml"].clone()).expect("UTF-8");
    let events = between(&premis, "<eventIdentifierValue>", "<");
    let agents = between(&premis, "<agentIdentifierValue>", "<");
    for event in between(&premis, "EventIdentifierValue>", "<")
        .iter()
        .filter(|name| name.starts_with("event-"))
    {
        assert!(events.contains(event), "{event}");
    }
    for agent in between(&premis, "<linkingAgentIdentifierValue>", "<") {
        assert!(agents.contains(&agent), "{agent}");
    }
    let types: Vec<&str> = between(&premis, "<eventType>", "<");
    for kind in [
        "ingestion",
        "message digest calculation",
        "format identification",
        "normalization",
        "validation",
        "migration",
        "information package creation",
    ] {
        assert!(types.contains(&kind), "{kind}");
    }
    assert!(premis.contains("held against the rules of the form cn.xxgk.annual-report/2019"));
    assert_eq!(
        premis
            .matches("<eventOutcome>failure</eventOutcome>")
            .count(),
        1
    );
}

#[test]
fn the_record_has_the_elements_that_the_report_has() {
    let deposit = made(&[(REPORT_NAME, REPORT)]);
    let record =
        String::from_utf8(files(&deposit)["data/metadata/dat46.xml"].clone()).expect("UTF-8");
    for said in [
        "<立档单位名称>双牌县政务服务中心</立档单位名称>",
        "<电子文件号>4311230009/2020-00156</电子文件号>",
        "<题名>2019年双牌县政务服务中心信息公开年报</题名>",
        "<责任者>双牌县政务服务中心</责任者>",
        "<日期>2020-01-20</日期>",
        "<语种>zh-CN</语种>",
        "<计算机文件名>original/shuangpai-2019.txt</计算机文件名>",
    ] {
        assert!(record.contains(said), "{said}: {record}");
    }
    // The report has a 文号 without a number.
    assert!(!record.contains("文件编号"), "{record}");
}

#[test]
fn the_page_for_a_person_names_every_report_and_file() {
    let deposit = made(&[(REPORT_NAME, REPORT), ("x.png", b"\x89PNG")]);
    let page = String::from_utf8(files(&deposit)["README.txt"].clone()).expect("UTF-8");
    for said in [
        "sha512sum -c manifest-sha512.txt",
        "1. 2019年双牌县政务服务中心信息公开年报",
        "data/original/shuangpai-2019/shuangpai-2019.txt",
        "data/published/shuangpai-2019/shuangpai-2019.pdf",
        "2. x.png",
        "原件无法读取，仅保存原件",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
}
