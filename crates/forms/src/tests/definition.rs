//! Loading forms: those that are built in, and those with faults.

use expect_test::{Expect, expect};

use super::annual;
use crate::{Form, built_in, built_in_problems, html_template};

#[test]
fn the_forms_that_are_built_in_are_sound() {
    let told: Vec<String> = built_in_problems()
        .iter()
        .flat_map(|(folder, problems)| problems.iter().map(move |p| format!("{folder}/{p}")))
        .collect();
    assert_eq!(told, Vec::<String>::new());
    assert!(built_in().len() >= 2);
}

#[test]
fn every_folder_of_a_form_is_in_the_list() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("forms");
    let list = std::fs::read_to_string(root.join("list.rs")).expect("the list");
    let mut count = 0;
    for form in std::fs::read_dir(&root).expect("the forms") {
        let form = form.expect("an entry").path();
        for edition in std::fs::read_dir(&form).into_iter().flatten() {
            let edition = edition.expect("an entry").path();
            let folder = edition
                .strip_prefix(&root)
                .expect("below")
                .display()
                .to_string();
            assert!(
                list.contains(&format!("\"{folder}\"")),
                "{folder} is not in list.rs"
            );
            count += 1;
        }
    }
    assert_eq!(built_in().len(), count);
}

#[test]
fn the_statutory_form_has_all_its_cells_and_rules() {
    for (edition, cells, own, previous) in [
        ("2019", 198, 7 + 7 + 23 + 3 + 2 + 5, 7 + 5),
        ("2021", 200, 7 + 7 + 25 + 3 + 2, 7 + 2),
    ] {
        let forms = built_in();
        let form = forms
            .iter()
            .find(|form| form.edition() == edition)
            .expect("the edition");
        let numbers = form
            .fields()
            .iter()
            .filter(|field| field.kind.is_number() && field.id.contains('.'));
        assert_eq!(numbers.count(), cells, "{edition}");
        let rules: Vec<_> = form
            .rules()
            .into_iter()
            .filter(|rule| !rule.id.starts_with("P."))
            .collect();
        assert_eq!(
            rules.iter().filter(|rule| !rule.previous).count(),
            own,
            "{edition}"
        );
        assert_eq!(
            rules.iter().filter(|rule| rule.previous).count(),
            previous,
            "{edition}"
        );
    }
    let label = |id: &str| {
        annual("2019")
            .field(id)
            .map(|field| field.label.clone())
            .unwrap_or_default()
    };
    assert_eq!(label("t2.lic.delta"), "行政许可 · 本年增/减");
    assert_eq!(
        label("t3.deny1.biz"),
        "三、本年度办理结果 · （三）不予公开 · 1.属于国家秘密 · 法人或其他组织 · 商业企业"
    );
    assert_eq!(label("t4.direct.sum"), "行政诉讼 · 未经复议直接起诉 · 总计");
    assert_eq!(label("s5"), "五、存在的主要问题及改进情况");
}

fn check(toml: &str, template: &str, wanted: Expect) {
    let template = html_template(template).expect("a page");
    let told = match Form::load(toml, template) {
        Ok(_) => "sound".to_owned(),
        Err(problems) => {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            lines.join("\n")
        }
    };
    wanted.assert_eq(&told);
}

const HEAD: &str = "id = \"x\"\nedition = \"1\"\ntitle = \"X\"\n";

#[test]
fn faults_are_told_with_their_lines() {
    let toml = format!(
        r#"{HEAD}[years]
field = "when"
[[fields]]
id = "a.*"
type = "count"
[[fields]]
id = "*.y"
type = "money"
[[fields]]
id = "gone"
type = "choice"
[[patterns]]
text = '(?<nobody>x)('
[[patterns]]
text = '(?<nobody>x)'
[sets]
s = ["x", "q"]
[[rules]]
id = "R1"
each = {{ c = "t" }}
rule = "a[c] == 1"
[[rules]]
id = "R2"
rule = "a.x == a.z"
[[rules]]
id = "R3"
rule = "a.x =="
[[rules]]
id = "R4"
rule = "1 == 1"
[[rules]]
id = "R5"
rule = "a.x / 2 == 1"
[[prose]]
id = "P"
in = "a.x"
pattern = 'no group'
rule = "number == a.x"
"#
    );
    let template = "<table>\n<tr><td>{{a.x}}<td>{{a.y}}\n<tr><td>{{b.x}}<td>{{a.x}}\n</table>";
    check(
        &toml,
        template,
        expect![[r#"
            form.toml:5: years: "when" is no field of the template or of a pattern
            form.toml:10: the field "a.y" is described twice, as Count by "a.*" and as Money by "*.y"
            form.toml:13: "gone" is no field of the template
            form.toml:14: "gone": choices belong to the type choice, and it needs some
            form.toml:16: the pattern is no regular expression: error: unclosed group
            form.toml:18: the group "nobody" is described by no [[fields]]
            form.toml:20: the set "s" has "q", which is part of no name of a field
            form.toml:23: the rule "R1" goes through "t", which is no set
            form.toml:27: the rule "R2": it names "a.z", which is no field, no set and no variable
            form.toml:30: the rule "R3": it is no expression in CEL: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}
            form.toml:33: the rule "R4": it names no field
            form.toml:36: the rule "R5": it divides, which is seldom exact: multiply the other side
            form.toml:39: the rule "P": "a.x" is no field of prose
            form.toml:40: the rule "P": the pattern has no group for the number
            template.html:3: the field "a.x" stands twice; its first place is line 2
            template.html:3: the field "b.x" is described nowhere in form.toml"#]],
    );
}

#[test]
fn what_is_no_toml_is_told_with_its_line() {
    check(
        "id = \"x\"\nedition 1\n",
        "",
        expect!["form.toml:2: key with no value, expected `=`"],
    );
    check(
        &format!("{HEAD}fields = []\ncolour = \"red\"\n"),
        "",
        expect![
            "form.toml:5: unknown field `colour`, expected one of `id`, `edition`, `title`, `title_en`, `basis`, `language`, `template`, `years`, `fields`, `patterns`, `aliases`, `sets`, `rules`, `prose`, `corresponds`"
        ],
    );
}

#[test]
fn cells_of_a_template_that_overlap_are_told() {
    let page = "<table>\n<tr><td rowspan=2>a</td><td>{{b}}</td></tr>\n<tr><td colspan=2>c</td><td></td></tr>\n</table>";
    assert!(html_template(page).is_ok());
    let page = "<table>\n<tr><td>a</td><td rowspan=2>{{b}}</td></tr>\n<tr><td colspan=2>{{c}}</td></tr>\n</table>";
    let error = html_template(page).expect_err("cells overlap").to_string();
    assert!(
        error.starts_with("line ") && error.contains("overlap"),
        "{error}"
    );
}
