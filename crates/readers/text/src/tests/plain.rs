use super::*;

#[test]
fn lines_are_paragraphs_and_short_numbered_lines_headings() {
    check(
        &PlainTextReader,
        "一、总体情况\n正文。\n（二）目标任务\n1.第一项工作。\n二、这是一个完整的句子，以句号结尾。\n第三章　附则\n",
        expect![[r#"
            {"body":[{"content":[{"text":"一、总体情况","type":"text"}],"level":1,"type":"heading"},{"content":[{"text":"正文。","type":"text"}],"type":"paragraph"},{"content":[{"text":"（二）目标任务","type":"text"}],"level":2,"type":"heading"},{"content":[{"text":"1.第一项工作。","type":"text"}],"type":"paragraph"},{"content":[{"text":"二、这是一个完整的句子，以句号结尾。","type":"text"}],"type":"paragraph"},{"content":[{"text":"第三章　附则","type":"text"}],"level":1,"type":"heading"}],"meta":{"language":"zh-CN"},"tabulary":"document/1"}
            line 1: guess[heading-guessed]: 3 short lines that begin with a number such as 一、 or （一） were taken for headings
            guess[metadata-guessed]: the language was told from the characters: zh-CN"#]],
    );
}

#[test]
fn labelled_lines_above_the_text_are_metadata() {
    let text = include_str!("../../../../../fixtures/txt/county-notice.txt");
    check(
        &PlainTextReader,
        text,
        expect![[r#"
            {"body":[{"content":[{"text":"各乡镇人民政府：","type":"text"}],"type":"paragraph"},{"content":[{"text":"一、总体要求","type":"text"}],"level":1,"type":"heading"},{"content":[{"text":"坚持稳中求进。","type":"text"}],"type":"paragraph"},{"content":[{"text":"（一）目标任务","type":"text"}],"level":2,"type":"heading"},{"content":[{"text":"全县完成投资12亿元。","type":"text"}],"type":"paragraph"},{"content":[{"text":"二、指标分解","type":"text"}],"level":1,"type":"heading"},{"cells":[{"col":0,"row":0,"row_span":2,"text":"单位"},{"col":1,"col_span":2,"row":0,"text":"投资"},{"col":3,"col_span":2,"row":0,"text":"项目"},{"col":1,"row":1,"text":"计划"},{"col":2,"row":1,"text":"完成"},{"col":3,"row":1,"text":"计划"},{"col":4,"row":1,"text":"完成"},{"col":0,"row":2,"text":"东乡"},{"col":1,"row":2,"text":"3.5","value":{"number":"3.5"}},{"col":2,"row":2,"text":"1.2","value":{"number":"1.2"}},{"col":3,"row":2,"text":"10","value":{"number":"10"}},{"col":4,"row":2,"text":"4","value":{"number":"4"}},{"col":0,"row":3,"text":"西乡"},{"col":1,"row":3,"text":"2.0","value":{"number":"2"}},{"col":2,"row":3,"text":"2.1","value":{"number":"2.1"}},{"col":3,"row":3,"text":"6","value":{"number":"6"}},{"col":4,"row":3,"text":"6","value":{"number":"6"}}],"columns":[{},{},{},{},{}],"header_columns":1,"header_rows":2,"rows":4,"type":"table"}],"meta":{"field_order":["索引号","发布日期","发布机构","名称","文号"],"fields":{"发布日期":"2021-03-05","发布机构":"双桥县人民政府办公室","名称":"关于2021年重点工作的通知","文号":"双政办发〔2021〕3号","索引号":"01234567-8/2021-00012"},"identifiers":["01234567-8/2021-00012","双政办发〔2021〕3号"],"issued":"2021-03-05","language":"zh-CN","publisher":"双桥县人民政府办公室","title":"关于2021年重点工作的通知"},"tabulary":"document/1"}
            line 1: guess[metadata-guessed]: 5 labelled fields above the text were taken for metadata
            line 7: guess[heading-guessed]: 3 short lines that begin with a number such as 一、 or （一） were taken for headings
            line 12: guess[span-guessed]: the text lost the spans of merged cells; 3 were told from labels, numbers and blank squares
            line 12: guess[header-row-guessed]: the first 2 rows hold no number and were taken for headers
            guess[metadata-guessed]: the language was told from the characters: zh-CN"#]],
    );
    check(
        &PlainTextReader,
        "备注:没有已知的标签\n文号:1\n正文。\n",
        expect![[r#"
        {"body":[{"content":[{"text":"备注:没有已知的标签","type":"text"}],"type":"paragraph"},{"content":[{"text":"文号:1","type":"text"}],"type":"paragraph"},{"content":[{"text":"正文。","type":"text"}],"type":"paragraph"}],"meta":{"language":"zh-CN"},"tabulary":"document/1"}
        guess[metadata-guessed]: the language was told from the characters: zh-CN"#]],
    );
}

#[test]
fn text_that_was_broken_at_a_width_is_joined() {
    let text = include_str!("../../../../../fixtures/txt/agency-report.txt");
    check(
        &PlainTextReader,
        text,
        expect![[r#"
            {"body":[{"content":[{"text":"Annual Report on Access to Information","type":"text"}],"type":"paragraph"},{"content":[{"text":"The agency received more requests this year than in any year before, and answered nine out of ten of them within the time that the law allows. What follows are the figures by office.","type":"text"}],"type":"paragraph"},{"cells":[{"col":0,"row":0,"text":"Office"},{"col":1,"row":0,"text":"Received"},{"col":2,"row":0,"text":"Granted"},{"col":3,"row":0,"text":"Refused"},{"col":0,"row":1,"text":"North"},{"col":1,"row":1,"text":"120","value":{"number":"120"}},{"col":2,"row":1,"text":"98","value":{"number":"98"}},{"col":3,"row":1,"text":"22","value":{"number":"22"}},{"col":0,"row":2,"text":"South"},{"col":1,"row":2,"text":"75","value":{"number":"75"}},{"col":2,"row":2,"text":"70","value":{"number":"70"}},{"col":3,"row":2,"text":"5","value":{"number":"5"}}],"columns":[{},{},{},{}],"header_rows":1,"rows":3,"type":"table"},{"cells":[{"col":0,"row":0,"row_span":2,"text":"Group"},{"col":1,"row":0,"row_span":2,"text":"Office"},{"col":2,"col_span":2,"row":0,"text":"Requests"},{"col":2,"row":1,"text":"New"},{"col":3,"row":1,"text":"Old"},{"col":0,"row":2,"row_span":2,"text":"Region 1"},{"col":1,"row":2,"text":"North"},{"col":2,"row":2,"text":"12","value":{"number":"12"}},{"col":3,"row":2,"text":"3","value":{"number":"3"}},{"col":1,"row":3,"text":"South"},{"col":2,"row":3,"text":"7","value":{"number":"7"}},{"col":3,"row":3,"text":"0","value":{"number":"0"}}],"columns":[{},{},{},{}],"header_columns":2,"header_rows":2,"rows":4,"type":"table"}],"meta":{"title":"Annual Report on Access to Information"},"tabulary":"document/1"}
            line 1: guess[metadata-guessed]: the title was told from a short line in the middle
            line 7: guess[header-row-guessed]: the first row holds no number and was taken for a header
            line 11: guess[span-guessed]: the text lost the spans of merged cells; 4 were told from labels, numbers and blank squares
            line 11: guess[header-row-guessed]: the first 2 rows hold no number and were taken for headers"#]],
    );
    let poem =
        "Shall I compare thee to a summer's day?\nThou art more lovely and more temperate:\n";
    check(
        &PlainTextReader,
        poem,
        expect![[
            r#"{"body":[{"content":[{"text":"Shall I compare thee to a summer's day?","type":"text"}],"type":"paragraph"},{"content":[{"text":"Thou art more lovely and more temperate:","type":"text"}],"type":"paragraph"}],"tabulary":"document/1"}"#
        ]],
    );
}

#[test]
fn a_full_pipe_table_is_left_as_it_is() {
    check_tables(
        "| a | b |\n| 1 | 2 |\n| 3 | |\n",
        expect![[r#"
        3x2, header 1x0
        0,0 a
        0,1 b
        1,0 1
        1,1 2
        2,0 3"#]],
    );
    check_tables(
        "| a | b |\n|---|---|\n| x | |\n| 1 | \\| |\n",
        expect![[r#"
        3x2, header 1x0
        0,0 a
        0,1 b
        1,0 x
        2,0 1
        2,1 |"#]],
    );
    check_tables(
        "| | A | B |\n| x | 1 | 2 |\n| y | 3 | |\n",
        expect![[r#"
        3x3, header 1x1
        0,1 A
        0,2 B
        1,0 x
        1,1 1
        1,2 2
        2,0 y
        2,1 3"#]],
    );
}

#[test]
fn blank_squares_in_place_continue_labels() {
    check_tables(
        "| 项目 | | 人数 | | 合计 |\n| | | 甲 | 乙 | |\n| 办理 | 公开 | 1 | 2 | 3 |\n| | 不公开 | 4 | 5 | 9 |\n| 结转 | | 0 | 0 | 0 |\n",
        expect![[r#"
            5x5, header 2x2
            0,0 2x2 项目
            0,2 1x2 人数
            0,4 2x1 合计
            1,2 甲
            1,3 乙
            2,0 2x1 办理
            2,1 公开
            2,2 1
            2,3 2
            2,4 3
            3,1 不公开
            3,2 4
            3,3 5
            3,4 9
            4,0 1x2 结转
            4,2 0
            4,3 0
            4,4 0"#]],
    );
}

#[test]
fn squares_that_were_pushed_together_are_parted_by_labels_and_numbers() {
    check_tables(
        "| 项目 | 人数 | |||\n| 甲 | 乙 | 合计 | ||\n| 一、办理 | (一)公开 | 1 | 2 | 3 |\n| (二)不公开 | 4 | 5 | 9 | |\n| 二、结转 | 0 | 0 | 0 | |\n",
        expect![[r#"
            5x5, header 2x2
            0,0 2x2 项目
            0,2 1x3 人数
            1,2 甲
            1,3 乙
            1,4 合计
            2,0 2x1 一、办理
            2,1 (一)公开
            2,2 1
            2,3 2
            2,4 3
            3,1 (二)不公开
            3,2 4
            3,3 5
            3,4 9
            4,0 1x2 二、结转
            4,2 0
            4,3 0
            4,4 0"#]],
    );
}

#[test]
fn what_the_text_does_not_tell_is_left_in_order() {
    check_tables(
        "| 表 | ||||\n| 甲 | 乙 | 丙 | 丁 | |\n| 戊 | 1 | 2 | 3 | |\n| 己 | 4 | 5 | ||\n",
        expect![[r#"
        4x5, header 2x0
        0,0 1x5 表
        1,0 甲
        1,1 乙
        1,2 丙
        1,3 丁
        2,0 戊
        2,1 1
        2,2 2
        2,3 3
        3,0 己
        3,1 1x2 4
        3,3 1x2 5"#]],
    );
    // Two labels could each cover the three below.
    check_tables(
        "| 项 | 值 | ||||\n| 子 | 丑 | ||||\n| 寅 | 卯 | 辰 | |||\n| x | 1 | 2 | 3 | 4 | |\n| y | 5 | 6 | 7 | 8 | |\n",
        expect![[r#"
            5x6, header 3x2
            0,0 项
            0,1 值
            1,0 子
            1,1 丑
            2,0 寅
            2,1 卯
            2,2 辰
            3,0 1x2 x
            3,2 1
            3,3 2
            3,4 3
            3,5 4
            4,0 1x2 y
            4,2 5
            4,3 6
            4,4 7
            4,5 8"#]],
    );
}

#[test]
fn utf_16_and_gb18030_are_read() {
    let text: Vec<u8> = "\u{feff}一、情况\n| a | 1 |\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let outcome = read(&PlainTextReader, &text);
    assert_eq!(outcome.value.body.len(), 2);
    let outcome = read(
        &PlainTextReader,
        b"\xd5\xfe\xb8\xae\xd0\xc5\xcf\xa2\xb9\xab\xbf\xaa\n",
    );
    assert!(json::to_string(&outcome.value).contains("政府信息公开"));
    assert_eq!(outcome.diagnostics[0].code, Code::EncodingGuessed);
}

#[test]
fn a_wide_table_costs_what_it_holds() {
    let row = format!("|{}\n", " 1 |".repeat(2000));
    let text = row.repeat(50);
    let outcome = read(&PlainTextReader, text.as_bytes());
    assert_eq!(outcome.value.tables()[0].width(), 2000);
    let header = format!("|{}|\n", " a |".repeat(60));
    let packed = format!(
        "| x |{}|\n{header}|{}\n",
        " |".repeat(60),
        " 1 |".repeat(61)
    );
    read(&PlainTextReader, packed.as_bytes());
}
