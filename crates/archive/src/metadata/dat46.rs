//! The metadata of a record in the elements of DA/T 46-2009 that a report has.

use tabulary::ir::Metadata;

use crate::assemble::File;
use crate::info::{agent, field, index_number, publisher};
use crate::ledger::Role;
use crate::xml::Xml;

/// What is known of a report in the terms of DA/T 46-2009. Elements of which nothing is known are left out, those with
/// parts too where none of the parts is known; nothing is made up to fill an element that the standard demands of an
/// archive. `files` are those of the report.
pub(crate) fn dat46(meta: &Metadata, files: &[File]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("文件实体", &[("标准", "DA/T 46-2009")]);
    // M1: one record.
    xml.text("聚合层次", "件");
    let organization = publisher(meta);
    group(&mut xml, "来源", &[("立档单位名称", organization)]);
    group(&mut xml, "", &[("电子文件号", index_number(meta))]);
    let title = meta.title.as_deref().or_else(|| field(meta, &["名称"]));
    let subjects = meta.subjects.join("；");
    let day = meta
        .issued
        .as_deref()
        .or_else(|| field(meta, &["发文日期", "成文日期", "生成日期"]));
    let content = [
        ("题名", title),
        ("主题词", field(meta, &["主题词"])),
        ("关键词", field(meta, &["关键词"]).or(Some(&subjects))),
        (
            "摘要",
            meta.description
                .as_deref()
                .or_else(|| field(meta, &["内容概述"])),
        ),
        ("分类号", field(meta, &["分类号"])),
        ("文件编号", field(meta, &["文号", "发文字号"])),
        ("责任者", organization),
        ("日期", day),
        ("文种", field(meta, &["文种"])),
        ("主送", field(meta, &["主送", "主送机关"])),
        ("抄送", field(meta, &["抄送", "抄送机关"])),
        ("密级", field(meta, &["密级"])),
        ("保密期限", field(meta, &["保密期限"])),
    ];
    group(&mut xml, "内容描述", &content);
    group(&mut xml, "形式特征", &[("语种", meta.language.as_deref())]);
    for file in files {
        let is_record = matches!(
            file.role,
            Role::Original | Role::Canonical | Role::Data | Role::Published
        );
        if is_record {
            electronic(&mut xml, file);
        }
    }
    if let Some(organization) = organization {
        let agent = [
            ("机构人员类型", Some("单位")),
            ("机构人员名称", Some(organization)),
        ];
        group(&mut xml, "机构人员实体", &agent);
    }
    xml.close();
    xml.finish()
}

/// The electronic properties of a file (M46 to M50).
fn electronic(xml: &mut Xml, file: &File) {
    let name = file
        .payload
        .path
        .strip_prefix("data/")
        .unwrap_or(&file.payload.path);
    let version = file.format.version.map(|version| format!(" {version}"));
    let format = format!(
        "{}{} ({})",
        file.format.name,
        version.unwrap_or_default(),
        file.format.media_type
    );
    let size = file.payload.bytes.len().to_string();
    let program = agent();
    let is_ours = file.role != Role::Original;
    let properties = [
        ("格式信息", Some(format.as_str())),
        ("计算机文件名", Some(name)),
        ("计算机文件大小", Some(&size)),
        ("文档创建程序", Some(program.as_str()).filter(|_| is_ours)),
    ];
    group(xml, "电子属性", &properties);
}

/// An element with those of its parts of which something is known; the parts alone where it has no name.
fn group(xml: &mut Xml, name: &str, parts: &[(&str, Option<&str>)]) {
    let known = parts.iter().filter_map(|(part, text)| {
        let text = text.map(str::trim).filter(|text| !text.is_empty())?;
        Some((*part, text))
    });
    let known: Vec<_> = known.collect();
    if known.is_empty() {
        return;
    }
    if !name.is_empty() {
        xml.open(name, &[]);
    }
    for (part, text) in known {
        xml.text(part, text);
    }
    if !name.is_empty() {
        xml.close();
    }
}
