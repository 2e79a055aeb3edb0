//! Formulas whose values are not stored.

use expect_test::expect;

use crate::book::Book;

#[test]
fn what_is_not_stored_is_worked_out() {
    let row = r#"<row><c><v>2</v></c><c><f>A1*3</f></c><c><f>B1+1</f><v/></c><c><f>NOW()</f></c><c><f>D1&amp;"x"</f></c></row>"#;
    Book::of_rows(row).check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"2","value":{"number":"2"}},
          {"col":1,"computed":true,"formula":"A1*3","row":0,"text":"6","value":{"number":"6"}},
          {"col":2,"computed":true,"formula":"B1+1","row":0,"text":"7","value":{"number":"7"}},
          {"col":3,"formula":"NOW()","row":0},
          {"col":4,"formula":"D1&\"x\"","row":0}
        ],"columns":[{},{},{},{},{}],"rows":1,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
        表!B1: guess[formula-computed]: 2 formulas have no value stored; their values were worked out
        表!D1: warning[formula-without-value]: 2 formulas have no value stored and were not worked out; their cells are blank: 1 read such cells, 1 call NOW, whose value changes
    "#]]);
}

#[test]
fn an_empty_text_is_a_value() {
    let row = r#"<row><c><v>2</v></c><c t="str"><f>IF(A1=2,"","no")</f><v></v></c></row>"#;
    Book::of_rows(row).check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"2","value":{"number":"2"}},
          {"col":1,"formula":"IF(A1=2,\"\",\"no\")","row":0}
        ],"columns":[{},{}],"rows":1,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
    "#]]);
}

#[test]
fn zeros_that_stand_for_no_value_are_not_believed() {
    let rows = r#"<row><c><v>2</v></c><c><f>A1*3</f><v>0</v></c><c><f>A1-2</f><v>0</v></c></row>"#;
    let book = || Book::of_rows(rows);
    book()
        .properties(r#"<calcPr fullCalcOnLoad="1"/>"#)
        .check(&expect![[r#"
            {"body":[{"body":[{"cells":[
              {"col":0,"row":0,"text":"2","value":{"number":"2"}},
              {"col":1,"computed":true,"formula":"A1*3","row":0,"text":"6","value":{"number":"6"}},
              {"col":2,"formula":"A1-2","row":0,"text":"0","value":{"number":"0"}}
            ],"columns":[{},{},{}],"rows":1,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
            表!B1: guess[formula-computed]: 1 formulas have no value stored; their values were worked out
        "#]]);
    book().check(&expect![[r#"
        {"body":[{"body":[{"cells":[
          {"col":0,"row":0,"text":"2","value":{"number":"2"}},
          {"col":1,"formula":"A1*3","row":0,"text":"0","value":{"number":"0"}},
          {"col":2,"formula":"A1-2","row":0,"text":"0","value":{"number":"0"}}
        ],"columns":[{},{},{}],"rows":1,"type":"table"}],"kind":"sheet","name":"表","type":"section"}]}
    "#]]);
}
