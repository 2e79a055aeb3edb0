//! The page for a person who opens a deposit and has no Tabulary: what is where, and how to see that it is whole.

use std::fmt::Write;

use crate::assemble::{About, File};
use crate::info::agent;
use crate::ledger::Role;
use crate::options::DepositOptions;

/// The page, in Chinese and then in English, with the reports of the deposit and their files.
pub(crate) fn text(about: &[About<'_>], files: &[File], options: &DepositOptions<'_>) -> String {
    let mut text = String::new();
    chinese(&mut text, options);
    listing(
        &mut text,
        about,
        files,
        "报告：",
        "原件无法读取，仅保存原件",
    );
    text.push_str("\n\n");
    english(&mut text, options);
    listing(
        &mut text,
        about,
        files,
        "Reports:",
        "the original could not be read, and is kept alone",
    );
    text
}

fn chinese(text: &mut String, options: &DepositOptions<'_>) {
    text.push_str(
        "这是一个存档包\n\
         ==============\n\n\
         本文件夹是一个 BagIt 包（RFC 8493），内有报告原件、报告数据以及证明其完整的全部材料。\n\
         无需任何专用软件即可阅读和核对。\n\n\
         data/original/   收到的原件，一个字节也未改动\n\
         data/canonical/  document.json：文档全文（规范 JSON）；report.json：报告中的数据\n\
         data/published/  供阅读的版本：PDF（PDF/A，内附 document.json）、Word、Excel、网页\n\
         data/checks/     ledger.jsonl：每个文件一行的台账；findings.txt：按表格规则核对的结果；diagnostics.json：转换中的损失、修复与推断\n\
         data/metadata/   dublin-core.xml（都柏林核心）、dat46.xml（DA/T 46-2009）、premis.xml（PREMIS 3）、mets.xml（METS）\n\n\
         先看什么：用浏览器打开 data/published/ 中的 .html，或用 PDF 阅读器打开 .pdf。\n\n\
         如何核对是否完整（在本文件夹中运行）：\n\n\
         \x20   sha512sum -c manifest-sha512.txt        （Linux；macOS 用 shasum -a 512 -c）\n\
         \x20   sha512sum -c tagmanifest-sha512.txt\n\n\
         每一行都应显示 OK。Windows 可用 PowerShell 的 Get-FileHash -Algorithm SHA512 逐个核对。\n\
         manifest-*.txt 未列出的文件不属于本包。用 Tabulary 核对：tabulary verify 文件夹\n",
    );
    let _ = writeln!(text, "制作软件：{}", agent());
    if let Some(date) = options.date {
        let _ = writeln!(text, "存档日期：{date}");
    }
    if let Some(previous) = &options.previous {
        let _ = writeln!(
            text,
            "本包是第 {} 版，更正第 {} 版；旧版的 tagmanifest-sha512.txt 的 SHA-512 为\n{}",
            previous.version + 1,
            previous.version,
            previous.seal
        );
    }
    text.push('\n');
}

fn english(text: &mut String, options: &DepositOptions<'_>) {
    text.push_str(
        "This is a deposit\n\
         =================\n\n\
         This folder is a BagIt bag (RFC 8493). It holds reports as they came in, their data, and all that proves them whole.\n\
         No program of its own is needed to read or to check it.\n\n\
         data/original/   what came in, not a byte of it changed\n\
         data/canonical/  document.json: the whole document (canonical JSON); report.json: the data of the report\n\
         data/published/  to be read: PDF (PDF/A, with document.json in it), Word, Excel, web page\n\
         data/checks/     ledger.jsonl: a line for each file; findings.txt: how the rules of the form hold;\n\
         \x20                diagnostics.json: what was lost, repaired or guessed on the way\n\
         data/metadata/   dublin-core.xml (Dublin Core), dat46.xml (DA/T 46-2009), premis.xml (PREMIS 3), mets.xml (METS)\n\n\
         Where to begin: open the .html in data/published/ in a browser, or the .pdf.\n\n\
         How to see that it is whole (in this folder):\n\n\
         \x20   sha512sum -c manifest-sha512.txt        (Linux; shasum -a 512 -c on macOS)\n\
         \x20   sha512sum -c tagmanifest-sha512.txt\n\n\
         Each line should end in OK. On Windows, Get-FileHash -Algorithm SHA512 of PowerShell gives the digest of one file.\n\
         A file that manifest-*.txt does not list is no part of the bag. With Tabulary: tabulary verify FOLDER\n",
    );
    let _ = writeln!(text, "Made by: {}", agent());
    if let Some(date) = options.date {
        let _ = writeln!(text, "Deposited on: {date}");
    }
    if let Some(previous) = &options.previous {
        let _ = writeln!(
            text,
            "This is version {}, which corrects version {}; the SHA-512 of its tagmanifest-sha512.txt is\n{}",
            previous.version + 1,
            previous.version,
            previous.seal
        );
    }
    text.push('\n');
}

/// The reports, each with its original and what is published of it.
fn listing(text: &mut String, about: &[About<'_>], files: &[File], heading: &str, unread: &str) {
    let _ = writeln!(text, "{heading}");
    let mut files = files.iter().peekable();
    for (index, one) in about.iter().enumerate() {
        let title = one.title().split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(text, "\n{}. {title}", index + 1);
        while let Some(file) = files.next_if(|file| file.report == Some(index)) {
            if matches!(
                file.role,
                Role::Original | Role::Canonical | Role::Data | Role::Published
            ) {
                let _ = writeln!(text, "   {}", file.payload.path);
            }
        }
        if one.content.is_err() {
            let _ = writeln!(text, "   {unread}");
        }
    }
}
