//! The report that the project starts from, as the web published it.

use super::*;

const SEED: &str = include_str!("../../../../../fixtures/reports/shuangpai-2019.txt");

#[test]
fn the_report_has_its_fields_headings_and_tables() {
    let outcome = read(&PlainTextReader, SEED.as_bytes());
    let meta = &outcome.value.meta;
    assert_eq!(
        meta.title.as_deref(),
        Some("2019年双牌县政务服务中心信息公开年报")
    );
    assert_eq!(meta.publisher.as_deref(), Some("双牌县政务服务中心"));
    assert_eq!(meta.issued.as_deref(), Some("2020-01-20"));
    assert_eq!(meta.identifiers, ["4311230009/2020-00156"]);
    assert_eq!(meta.language.as_deref(), Some("zh-CN"));
    let fields: Vec<_> = meta.fields.iter().collect();
    let wanted = [
        ("索引号", "4311230009/2020-00156"),
        ("分类", ""),
        ("发文机关", "双牌县政务服务中心"),
        ("发文日期", "2020-01-20 10:04"),
        ("名称", "2019年双牌县政务服务中心信息公开年报"),
        ("文号", ""),
    ];
    assert_eq!(fields, wanted);
    let outline: Vec<String> = outcome
        .value
        .body
        .iter()
        .filter_map(|block| match block {
            Block::Heading(heading) => Some(format!(
                "{} {}",
                heading.level,
                tabulary_ir::inline_text(&heading.content)
            )),
            Block::Table(table) => Some(format!("{} x {}", table.rows(), table.width())),
            _ => None,
        })
        .collect();
    expect![[r#"
        1 一 、总体情况
        1 二、主动公开政府信息情况
        18 x 5
        1 三、收到和处理政府信息公开申请情况
        26 x 10
        1 四、政府信息公开行政复议、行政诉讼情况
        4 x 15
        1 五、存在的主要问题及改进情况
        1 六、其他需要报告的事项"#]]
    .assert_eq(&outline.join("\n"));
    let told: Vec<String> = outcome
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    expect![[r#"
        line 1: guess[metadata-guessed]: 6 labelled fields above the text were taken for metadata
        line 7: guess[heading-guessed]: 6 short lines that begin with a number such as 一、 or （一） were taken for headings
        line 18: guess[span-guessed]: the text lost the spans of merged cells; 13 were told from labels, numbers and blank squares; of rows 2, 3, 4, 6, 7, 8, 10, 11, 12 the text does not tell what the cells span, so they stand in order from the left
        line 37: guess[span-guessed]: the text lost the spans of merged cells; 16 were told from labels, numbers and blank squares
        line 37: guess[header-row-guessed]: the first 3 rows hold no number and were taken for headers
        line 64: guess[span-guessed]: the text lost the spans of merged cells; 9 were told from labels, numbers and blank squares
        line 64: guess[header-row-guessed]: the first 3 rows hold no number and were taken for headers
        guess[metadata-guessed]: the language was told from the characters: zh-CN"#]].assert_eq(&told.join("\n"));
}

/// The third table of the form: three columns of labels, seven of numbers, three header rows. Every cell
/// stands where the form has it.
#[test]
fn labels_and_numbers_of_the_second_table_stand_where_the_form_has_them() {
    let outcome = read(&PlainTextReader, SEED.as_bytes());
    let tables = outcome.value.tables();
    let numbers = tables[1].cells().iter().filter(|cell| cell.value.is_some());
    assert!(numbers.clone().all(|cell| cell.row >= 3 && cell.col >= 3));
    assert_eq!(numbers.count(), 23 * 7);
    let labels: Vec<String> = picture(tables[1])
        .lines()
        .filter(|line| !line.ends_with(" 0"))
        .map(str::to_owned)
        .collect();
    expect![[r#"
        26x10, header 3x3
        0,0 3x3 (本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)
        0,3 1x7 申请人情况
        1,3 2x1 自然人
        1,4 1x5 法人或其他组织
        1,9 2x1 总计
        2,4 商业企业
        2,5 科研机构
        2,6 社会公益组织
        2,7 法律服务机构
        2,8 其他
        3,0 1x3 一、本年新收政府信息公开申请数量
        4,0 1x3 二、上年结转政府信息公开申请数量
        5,0 20x1 三、本年度办理结果
        5,1 1x2 (一)予以公开
        6,1 1x2 (二)部分公开(区分处理的,只计这一情形,不计其他情形)
        7,1 8x1 (三)不予公开
        7,2 1.属于国家秘密
        8,2 2.其他法律行政法规禁止公开
        9,2 3.危及“三安全一稳定”
        10,2 4.保护第三方合法权益
        11,2 5.属于三类内部事务信息
        12,2 6.属于四类过程性信息
        13,2 7.属于行政执法案卷
        14,2 8.属于行政查询事项
        15,1 3x1 (四)无法提供
        15,2 1.本机关不掌握相关政府信息
        16,2 2.没有现成信息需要另行制作
        17,2 3.补正后申请内容仍不明确
        18,1 5x1 (五)不予处理
        18,2 1.信访举报投诉类申请
        19,2 2.重复申请
        20,2 3.要求提供公开出版物
        21,2 4.无正当理由大量反复申请
        22,2 5.要求行政机关确认或重新出具已获取信息
        23,1 1x2 (六)其他处理
        24,1 1x2 (七)总计
        25,0 1x3 四、结转下年度继续办理"#]]
    .assert_eq(&labels.join("\n"));
}

#[test]
fn the_header_of_the_third_table_is_a_tree() {
    let outcome = read(&PlainTextReader, SEED.as_bytes());
    expect![[r#"
        4x15, header 3x0
        0,0 1x5 行政复议
        0,5 1x10 行政诉讼
        1,0 2x1 结果维持
        1,1 2x1 结果纠正
        1,2 2x1 其他结果
        1,3 2x1 尚未审结
        1,4 2x1 总计
        1,5 1x5 未经复议直接起诉
        1,10 1x5 复议后起诉
        2,5 结果维持
        2,6 结果纠正
        2,7 其他结果
        2,8 尚未审结
        2,9 总计
        2,10 结果维持
        2,11 结果纠正
        2,12 其他结果
        2,13 尚未审结
        2,14 总计
        3,0 0
        3,1 0
        3,2 0
        3,3 0
        3,4 0
        3,5 0
        3,6 0
        3,7 0
        3,8 0
        3,9 0
        3,10 0
        3,11 0
        3,12 0
        3,13 0
        3,14 0"#]]
    .assert_eq(&picture(outcome.value.tables()[2]));
}

/// What the text does not tell stays in order from the left.
#[test]
fn the_first_table_keeps_the_order_of_its_cells() {
    let outcome = read(&PlainTextReader, SEED.as_bytes());
    let picture = picture(outcome.value.tables()[0]);
    let head: Vec<_> = picture.lines().take(20).collect();
    expect![[r#"
        18x5, header 0x0
        0,0 1x5 第二十条第(一)项
        1,0 信息内容
        1,1 本年新 制作数量
        1,2 本年新 公开数量
        1,3 对外公开总数量
        2,0 规章
        2,1 2
        2,2 2
        2,3 2
        3,0 规范性文件
        3,1 0
        3,2 0
        3,3 0
        4,0 1x5 第二十条第(五)项
        5,0 信息内容
        5,1 上一年项目数量
        5,2 本年增/减
        5,3 处理决定数量
        6,0 行政许可"#]]
    .assert_eq(&head.join("\n"));
}
