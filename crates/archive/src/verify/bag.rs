//! The bag itself: its declaration, its manifests, its files (RFC 8493 3).

use std::collections::{BTreeMap, BTreeSet};

use tabulary::ir::Error;

use super::Files;
use super::finding::{Finding, FindingKind as Kind};
use crate::bagit::{
    BagInfo, DECLARATION_NAME, PAYLOAD, is_manifest, is_tag_manifest, manifest, manifest_name,
    read_manifest, tag_manifest_name,
};
use crate::container::checked;
use crate::digest::Algorithm;
use crate::info::OXUM;

/// Everything that is wrong with the bag. A deposit of Tabulary has manifests of both digests; a bag of another program has at
/// least one of them.
pub(super) fn check(
    files: &Files<'_>,
    info: &BagInfo,
    is_deposit: bool,
) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    for (name, why) in files.bag.strange() {
        findings.push(strange(name, why));
    }
    check_declaration(files, &mut findings)?;
    let payload = Manifests::read(files, manifest_name, true, &mut findings)?;
    // Manifests of tag files may list some of them alone (RFC 8493 2.2.1); those of a deposit list all.
    let tags = Manifests::read(files, tag_manifest_name, is_deposit, &mut findings)?;
    for (manifests, name) in [
        (&payload, manifest_name as fn(Algorithm) -> String),
        (&tags, tag_manifest_name),
    ] {
        let absent = Algorithm::ALL
            .into_iter()
            .filter(|algorithm| !manifests.has(*algorithm));
        for algorithm in absent.filter(|_| is_deposit) {
            findings.push(missing(&name(algorithm)));
        }
    }
    if payload.all.is_empty() {
        findings.push(Finding::new(
            Kind::Manifest,
            None,
            "there is no manifest of SHA-256 or SHA-512, so that nothing can be said of the files",
            "没有 SHA-256 或 SHA-512 清单，无法核对文件",
        ));
        return Ok(findings);
    }
    let mut gone = Vec::new();
    let mut beside = Vec::new();
    compare(
        files,
        &payload,
        |path| path.starts_with(PAYLOAD),
        &mut gone,
        &mut beside,
        &mut findings,
    );
    if !tags.all.is_empty() {
        let is_tag = |path: &str| !path.starts_with(PAYLOAD) && !is_tag_manifest(path);
        compare(files, &tags, is_tag, &mut gone, &mut beside, &mut findings);
    }
    renamed(files, gone, beside, &mut findings);
    check_size(files, info, &mut findings);
    if is_deposit {
        check_tag_manifests(files, &mut findings)?;
    }
    tell_once(&mut findings);
    Ok(findings)
}

/// No manifest lists a manifest of tag files, so that the letters of one are held against those that Tabulary writes.
fn check_tag_manifests(files: &Files<'_>, findings: &mut Vec<Finding>) -> Result<(), Error> {
    for algorithm in Algorithm::ALL {
        let name = tag_manifest_name(algorithm);
        let Some(text) = files.text(&name)? else {
            continue;
        };
        let tags = files
            .digests
            .iter()
            .filter(|(path, _)| !path.starts_with(PAYLOAD) && !is_tag_manifest(path));
        let wanted = manifest(tags.map(|(path, digests)| (path.as_str(), digests.by(algorithm))));
        if findings.is_empty() && text != wanted {
            findings.push(Finding::new(
                Kind::Manifest,
                name,
                "its lines say the same as those that were written, in other letters",
                "内容相同，但写法与存档时不同",
            ));
        }
    }
    Ok(())
}

/// What follows from a manifest that was changed is not told beside that.
fn tell_once(findings: &mut Vec<Finding>) {
    let changed: BTreeSet<Option<String>> = findings
        .iter()
        .filter(|finding| finding.kind == Kind::Changed)
        .map(|finding| finding.file.clone())
        .collect();
    findings.retain(|finding| finding.kind != Kind::Manifest || !changed.contains(&finding.file));
}

fn strange(name: &str, why: &str) -> Finding {
    let zh = match why {
        "it is a link" => "是链接，存档包内不允许",
        "it is no file" => "不是普通文件",
        "its name is no text" => "文件名不是文本",
        "it stands beside the bag" => "在存档包之外",
        _ => "路径会指向存档包之外或不合规",
    };
    Finding::new(
        Kind::Unsafe,
        name.to_owned(),
        format!("{why}; it was not opened"),
        format!("{zh}，未打开"),
    )
}

fn missing(path: &str) -> Finding {
    Finding::new(
        Kind::Missing,
        path.to_owned(),
        "it is not there",
        "文件缺失",
    )
}

/// RFC 8493 2.1.1: two lines, the version and the encoding.
fn check_declaration(files: &Files<'_>, findings: &mut Vec<Finding>) -> Result<(), Error> {
    let Some(text) = files.text(DECLARATION_NAME)? else {
        findings.push(missing(DECLARATION_NAME));
        return Ok(());
    };
    let mut lines = text.lines();
    let version = lines
        .next()
        .and_then(|line| line.strip_prefix("BagIt-Version: "));
    let is_version = version
        .and_then(|version| version.split_once('.'))
        .is_some_and(|(a, b)| {
            [a, b]
                .iter()
                .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        });
    let encoding = lines
        .next()
        .and_then(|line| line.strip_prefix("Tag-File-Character-Encoding: "));
    let is_encoding = encoding.is_some_and(|name| name.eq_ignore_ascii_case("UTF-8"));
    if !is_version || !is_encoding {
        findings.push(Finding::new(
            Kind::Declaration,
            DECLARATION_NAME.to_owned(),
            "it does not declare a version of BagIt and tag files in UTF-8",
            "未声明 BagIt 版本和 UTF-8 编码",
        ));
    }
    Ok(())
}

/// The manifests of one kind: the digests that they give for each path.
struct Manifests {
    /// Those that are there.
    all: Vec<(Algorithm, String)>,
    paths: BTreeMap<String, BTreeMap<Algorithm, String>>,
    /// Whether each must list every file.
    list_all: bool,
}

impl Manifests {
    fn read(
        files: &Files<'_>,
        name: impl Fn(Algorithm) -> String,
        list_all: bool,
        findings: &mut Vec<Finding>,
    ) -> Result<Self, Error> {
        let mut manifests = Self {
            all: Vec::new(),
            paths: BTreeMap::new(),
            list_all,
        };
        for algorithm in Algorithm::ALL {
            let name = name(algorithm);
            let Some(text) = files.text(&name)? else {
                continue;
            };
            let listed = read_manifest(&text, algorithm);
            if let Some(line) = listed.damaged.first() {
                let count = listed.damaged.len();
                findings.push(Finding::new(
                    Kind::Manifest,
                    name.clone(),
                    format!("{count} lines are none of a manifest, the first is line {line}"),
                    format!("有{count}行不是清单内容，首个是第{line}行"),
                ));
            }
            for (path, digest) in listed.entries {
                let is_in_place = is_tag_manifest(&name) != path.starts_with(PAYLOAD);
                if checked(&path).as_deref() != Ok(path.as_str()) || !is_in_place {
                    findings.push(Finding::new(
                        Kind::Unsafe,
                        name.clone(),
                        format!("it lists {path:?}, which is no path of its own files"),
                        format!("清单列出的{path:?}不在其范围之内"),
                    ));
                    continue;
                }
                let digests = manifests.paths.entry(path.clone()).or_default();
                let before = digests.insert(algorithm, digest.clone());
                if before.is_some_and(|before| before != digest) {
                    findings.push(Finding::new(
                        Kind::Manifest,
                        name.clone(),
                        format!("it gives two digests of {path}"),
                        format!("对 {path} 给出了两个不同的摘要"),
                    ));
                }
            }
            manifests.all.push((algorithm, name));
        }
        Ok(manifests)
    }

    fn has(&self, algorithm: Algorithm) -> bool {
        self.all.iter().any(|(known, _)| *known == algorithm)
    }
}

/// A file that is gone, with the digest that it had.
struct Gone {
    path: String,
    digests: BTreeMap<Algorithm, String>,
}

/// Holds the files of one kind against their manifests.
fn compare(
    files: &Files<'_>,
    manifests: &Manifests,
    is_of_kind: impl Fn(&str) -> bool,
    gone: &mut Vec<Gone>,
    beside: &mut Vec<String>,
    findings: &mut Vec<Finding>,
) {
    for (path, wanted) in &manifests.paths {
        for (_, name) in manifests
            .all
            .iter()
            .filter(|(algorithm, _)| manifests.list_all && !wanted.contains_key(algorithm))
        {
            findings.push(Finding::new(
                Kind::Manifest,
                name.clone(),
                format!("it does not list {path}, which another manifest lists"),
                format!("未列出 {path}，而另一清单列出了它"),
            ));
        }
        if let Some(why) = files.unread.get(path) {
            findings.push(Finding::new(
                Kind::Changed,
                path.clone(),
                why.clone(),
                format!("无法读出（{why}）"),
            ));
            continue;
        }
        let Some(digests) = files.digests.get(path) else {
            gone.push(Gone {
                path: path.clone(),
                digests: wanted.clone(),
            });
            continue;
        };
        let differs = |algorithm: &Algorithm| digests.by(*algorithm) != wanted[algorithm];
        let (wrong, right): (Vec<Algorithm>, Vec<Algorithm>) =
            wanted.keys().partition(|one| differs(one));
        if !wrong.is_empty() && !right.is_empty() {
            // The file is the one that the other manifest lists, so that this one was changed.
            for (_, name) in manifests
                .all
                .iter()
                .filter(|(algorithm, _)| wrong.contains(algorithm))
            {
                findings.push(Finding::new(
                    Kind::Manifest,
                    name.clone(),
                    format!("its digest of {path} is not that of the file, which another manifest confirms"),
                    format!("所列 {path} 的摘要与文件不符，而另一清单与文件相符"),
                ));
            }
        } else if !wrong.is_empty() {
            let names: Vec<&str> = wrong.iter().map(|algorithm| algorithm.title()).collect();
            let names = names.join(" and ");
            findings.push(Finding::new(
                Kind::Changed,
                path.clone(),
                format!("its bytes are not those that were deposited ({names})"),
                format!("内容与存档时不同（{names}）"),
            ));
        }
    }
    let unlisted = files
        .paths()
        .filter(|path| is_of_kind(path) && !manifests.paths.contains_key(*path));
    beside.extend(unlisted.filter(|_| manifests.list_all).map(str::to_owned));
}

/// Tells a file that is gone and one that is beside with the same bytes as one that was renamed, and the rest as they are.
fn renamed(files: &Files<'_>, gone: Vec<Gone>, beside: Vec<String>, findings: &mut Vec<Finding>) {
    let mut beside: BTreeSet<String> = beside.into_iter().collect();
    for Gone { path, digests } in gone {
        let is_same = |candidate: &&String| {
            let found = files.digests.get(*candidate);
            found.is_some_and(|found| {
                digests
                    .iter()
                    .all(|(algorithm, digest)| found.by(*algorithm) == digest)
            })
        };
        let now = beside.iter().find(is_same).cloned();
        let Some(now) = now else {
            findings.push(missing(&path));
            continue;
        };
        beside.remove(&now);
        findings.push(Finding {
            now: Some(now.clone()),
            ..Finding::new(
                Kind::Renamed,
                path,
                format!("its bytes stand under the name {now}"),
                format!("内容在另一名称下：{now}"),
            )
        });
    }
    for path in beside {
        // A manifest of another digest lists no file that would be beside.
        if is_manifest(&path) {
            continue;
        }
        findings.push(Finding::new(
            Kind::Added,
            path,
            "it was not deposited",
            "不是存档时的文件",
        ));
    }
}

/// `Payload-Oxum`: bytes and files of the payload (RFC 8493 2.2.2).
fn check_size(files: &Files<'_>, info: &BagInfo, findings: &mut Vec<Finding>) {
    let Some(said) = info.get(OXUM) else {
        return;
    };
    let payload = files.paths().filter(|path| path.starts_with(PAYLOAD));
    let (mut size, mut count) = (0_u64, 0_u64);
    for path in payload {
        size += files.bag.size(path).unwrap_or_default();
        count += 1;
    }
    let found = format!("{size}.{count}");
    if said != found {
        findings.push(Finding::new(
            Kind::Size,
            None,
            format!("the payload has {size} bytes in {count} files, and bag-info.txt says {said}"),
            format!("载荷为{count}个文件、{size}字节，而 bag-info.txt 所述为 {said}"),
        ));
    }
}
