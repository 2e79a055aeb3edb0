//! The parts of a workbook whose relationships are lost.

use tabulary_ir::{Code, Diagnostics, Error, ErrorKind, Origin};
use tabulary_package::{Package, Relationship};

/// The relationships of the workbook part. Where they are lost, the parts stand for them that have the
/// names that programs give: sheets by their order, and what all sheets share. `sheets` are the
/// identifiers by which the workbook names its sheets; they are set to those that are found.
pub(crate) fn relationships<'s>(
    package: &mut Package<'_>,
    main: &str,
    sheets: impl Iterator<Item = &'s mut String>,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<Relationship>, Error> {
    let mut found = match package.relationships(main) {
        Err(error) if error.kind() != ErrorKind::Limit => {
            let place = Origin::part(main, "");
            diagnostics.add(Code::PackageDamaged, error.to_string(), place);
            Vec::new()
        }
        found => found?,
    };
    if found.iter().any(|one| one.kind.ends_with("sheet")) {
        return Ok(found);
    }
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let extension = main
        .rsplit_once('.')
        .map_or("xml", |(_, extension)| extension);
    let mut add = |id: &str, kind: &str, name: &str| {
        let target = format!("{folder}/{name}");
        let target = target.trim_start_matches('/').to_owned();
        let is_there = package.has(&target);
        if is_there {
            found.push(Relationship {
                id: id.to_owned(),
                kind: kind.to_owned(),
                target,
                external: false,
            });
        }
        is_there
    };
    let mut count = 0;
    for (number, id) in (1..).zip(sheets) {
        *id = format!("sheet{number}");
        let name = format!("worksheets/{id}.{extension}");
        count += usize::from(add(id, "worksheet", &name));
    }
    if count > 0 {
        for kind in ["sharedStrings", "styles"] {
            add(kind, kind, &format!("{kind}.{extension}"));
        }
        add("theme", "theme", "theme/theme1.xml");
        let message = format!(
            "the relationships of the workbook are lost; {count} sheets were taken by the numbers of their parts"
        );
        let place = Origin::part(main, "");
        diagnostics.add(Code::ReferenceMissing, message, place);
    }
    Ok(found)
}
