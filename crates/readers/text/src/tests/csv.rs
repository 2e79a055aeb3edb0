use super::*;

#[test]
fn records_make_a_table() {
    check(
        &CsvReader,
        "name,n\nx,1\n\"a \"\"b\"\"\nc\",007\n",
        expect![[
            r#"{"body":[{"cells":[{"col":0,"row":0,"text":"name"},{"col":1,"row":0,"text":"n"},{"col":0,"row":1,"text":"x"},{"col":1,"row":1,"text":"1","value":{"number":"1"}},{"col":0,"row":2,"text":"a \"b\"\nc"},{"col":1,"row":2,"text":"007"}],"columns":[{},{}],"rows":3,"type":"table"}],"tabulary":"document/1"}"#
        ]],
    );
    check(
        &CsvReader,
        "a;b\n1,5;x\n",
        expect![[
            r#"{"body":[{"cells":[{"col":0,"row":0,"text":"a"},{"col":1,"row":0,"text":"b"},{"col":0,"row":1,"text":"1,5"},{"col":1,"row":1,"text":"x"}],"columns":[{},{}],"rows":2,"type":"table"}],"tabulary":"document/1"}"#
        ]],
    );
    check(
        &CsvReader,
        "1,2\n3\n",
        expect![[r#"
        {"body":[{"cells":[{"col":0,"row":0,"text":"1","value":{"number":"1"}},{"col":1,"row":0,"text":"2","value":{"number":"2"}},{"col":0,"row":1,"text":"3","value":{"number":"3"}}],"columns":[{},{}],"rows":2,"type":"table"}],"tabulary":"document/1"}
        line 1: repair[table-ragged]: 1 of 2 rows fill fewer than 2 columns, the first of them row 2 with 1; the rest is blank"#]],
    );
    check(
        &CsvReader,
        "sep=|\na|b\n",
        expect![[
            r#"{"body":[{"cells":[{"col":0,"row":0,"text":"a"},{"col":1,"row":0,"text":"b"}],"columns":[{},{}],"rows":1,"type":"table"}],"tabulary":"document/1"}"#
        ]],
    );
    check(
        &TsvReader,
        "a\tb\nc, d\t2\n",
        expect![[r#"
        {"body":[{"cells":[{"col":0,"row":0,"text":"a"},{"col":1,"row":0,"text":"b"},{"col":0,"row":1,"text":"c, d"},{"col":1,"row":1,"text":"2","value":{"number":"2"}}],"columns":[{},{}],"header_rows":1,"rows":2,"type":"table"}],"tabulary":"document/1"}
        line 1: guess[header-row-guessed]: the first record holds names alone and was taken for a header row"#]],
    );
    check(
        &CsvReader,
        "",
        expect![[r#"{"body":[],"tabulary":"document/1"}"#]],
    );
}

#[test]
fn a_register_in_gb18030_keeps_its_texts() {
    let bytes = include_bytes!("../../../../../fixtures/csv/register-gb18030.csv");
    let outcome = read(&CsvReader, bytes);
    expect![[r#"
        4x5, header 1x0
        0,0 编号
        0,1 名称
        0,2 数量
        0,3 金额（万元）
        0,4 备注
        1,0 001
        1,1 规章
        1,2 2
        1,3 0.50
        1,4 含"修订",新增
        2,0 002
        2,1 行政许可
        2,2 1035
        2,3 59237.2449
        3,0 003
        3,1 行政处罚
        3,2 -8
        3,4 两行
        备注"#]]
    .assert_eq(&picture(outcome.value.tables()[0]));
    assert_eq!(outcome.diagnostics[0].code, Code::EncodingGuessed);
}
