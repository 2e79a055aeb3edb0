//! Paragraphs, headings, lists and running texts.

use crate::support::{Sketch, analysed, tell, told};
use expect_test::expect;
use tabulary_ir::{Block, Inline, block_text};
use tabulary_pages::{Hints, LinkArea, Rect};

#[test]
fn lines_are_joined_as_their_script_is_written() {
    let page = Sketch::new(1)
        .lines(
            50.0,
            100.0,
            &[
                "A paragraph of Latin letters that is bro-",
                "ken in a word, and then goes on with one",
                "more line.",
            ],
        )
        .lines(70.0, 200.0, &["政府信息公开工作年度报告由本机关编制并"])
        .lines(
            50.0,
            214.0,
            &["公布，所列数据的统计期限自一月一日起至十", "二月底止。"],
        );
    expect![[r#"
        paragraph A paragraph of Latin letters that is broken in a word, and then goes on with one more line.
        paragraph 政府信息公开工作年度报告由本机关编制并公布，所列数据的统计期限自一月一日起至十二月底止。
    "#]]
    .assert_eq(&told([page]));
}

#[test]
fn a_hyphen_of_a_code_or_a_name_stays_at_the_end_of_a_line() {
    let page = Sketch::new(1)
        .lines(
            50.0,
            100.0,
            &[
                "The file is known as 49e168b7-d2ae-407f-",
                "a055 in the register of the office.",
            ],
        )
        .lines(
            50.0,
            200.0,
            &[
                "The house is in the centre of Aix-en-",
                "provence, as it was said to be before.",
            ],
        )
        .lines(
            50.0,
            300.0,
            &[
                "The tables on these pages show the indus-",
                "try-level outlook in all of its details.",
            ],
        )
        .lines(
            50.0,
            400.0,
            &[
                "They kept to what they had in their plan--",
                "which was older than the others had been.",
            ],
        );
    expect![[r#"
        paragraph The file is known as 49e168b7-d2ae-407f-a055 in the register of the office.
        paragraph The house is in the centre of Aix-en-provence, as it was said to be before.
        paragraph The tables on these pages show the industry-level outlook in all of its details.
        paragraph They kept to what they had in their plan--which was older than the others had been.
    "#]]
    .assert_eq(&told([page]));
}

#[test]
fn a_typed_line_beside_words_is_a_blank_to_be_filled_in() {
    let page = Sketch::new(1)
        .lines(50.0, 100.0, &["编号： __________ 号"])
        .lines(50.0, 200.0, &["____________________", "签名"]);
    expect![[r#"
        paragraph 编号： __________ 号
        paragraph 签名
    "#]]
    .assert_eq(&told([page]));
}

#[test]
fn columns_are_read_one_after_the_other() {
    let column = |name: &str| -> Vec<String> {
        (0..7)
            .map(|line| format!("{name} column has lines of words, {line} and"))
            .collect()
    };
    let (left, right) = (column("left"), column("next"));
    let refs = |lines: &[String]| -> Vec<String> { lines.to_vec() };
    let (left, right) = (refs(&left), refs(&right));
    let page = Sketch::new(1)
        .text(
            60.0,
            60.0,
            10.0,
            "A line over both of the columns of the page, from side to side of it all",
        )
        .lines(
            10.0,
            100.0,
            &left.iter().map(String::as_str).collect::<Vec<_>>(),
        )
        .lines(
            210.0,
            100.0,
            &right.iter().map(String::as_str).collect::<Vec<_>>(),
        );
    let text = told([page]);
    let at = |needle: &str| text.find(needle).expect("the text is there");
    assert!(
        at("over both") < at("left column has lines of words, 0"),
        "{text}"
    );
    assert!(
        at("left column has lines of words, 6") < at("next column has lines of words, 0"),
        "{text}"
    );
}

#[test]
fn paragraphs_go_on_over_the_end_of_a_page() {
    let first = Sketch::new(1).lines(
        50.0,
        500.0,
        &[
            "The last paragraph of a page runs up to the margin",
            "of its last line and then it goes on over the page",
        ],
    );
    let second = Sketch::new(2).lines(
        50.0,
        60.0,
        &[
            "without a break that anyone would see in its text.",
            "It ends.",
        ],
    );
    expect![[r#"
        paragraph The last paragraph of a page runs up to the margin of its last line and then it goes on over the page without a break that anyone would see in its text. It ends.
    "#]]
    .assert_eq(&told([first, second]));
}

#[test]
fn headings_are_larger_bold_or_counted() {
    let body = [
        "Plain words of the text below, a line that is long",
        "enough to be more than any heading of the document.",
    ];
    let page = Sketch::new(1)
        .text(100.0, 60.0, 20.0, "The whole of it")
        .text(50.0, 100.0, 14.0, "First part")
        .lines(50.0, 120.0, &body)
        .bold(50.0, 160.0, 10.0, "A smaller part")
        .lines(50.0, 180.0, &body)
        .text(50.0, 230.0, 14.0, "Second part")
        .lines(50.0, 250.0, &body);
    let text = told([page]);
    let headings: Vec<&str> = text
        .lines()
        .filter(|line| !line.starts_with("paragraph"))
        .collect();
    expect![[r#"
        [
            "title The whole of it",
            "heading 1 First part",
            "heading 2 A smaller part",
            "heading 1 Second part",
        ]
    "#]]
    .assert_debug_eq(&headings);

    let page = Sketch::new(1)
        .text(70.0, 100.0, 10.0, "一、总体情况")
        .lines(
            70.0,
            120.0,
            &["本年度共受理申请三十件，均在期限内办结，没有收费"],
        )
        .text(70.0, 150.0, 10.0, "（一）主动公开")
        .lines(
            70.0,
            170.0,
            &["全年主动公开信息二百条，其中网站公开一百五十条。"],
        )
        .text(70.0, 200.0, 10.0, "二、存在的问题")
        .lines(
            70.0,
            220.0,
            &["公开的内容还不够全面，形式还不够多样，有待改进。"],
        );
    let text = told([page]);
    let headings: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("heading"))
        .collect();
    assert_eq!(
        headings,
        [
            "heading 1 一、总体情况",
            "heading 2 （一）主动公开",
            "heading 1 二、存在的问题"
        ]
    );
}

#[test]
fn running_texts_and_page_numbers_are_kept_apart() {
    let page = |number: u32| {
        let words = ["one", "two", "three", "four"][number as usize - 1];
        Sketch::new(number)
            .text(50.0, 40.0, 9.0, "Annual report of the county")
            .lines(
                50.0,
                100.0,
                &[&format!(
                    "What page {words} says, and it is no more than this."
                )],
            )
            .text(190.0, 580.0, 9.0, &format!("- {number} -"))
    };
    expect![[r#"
        paragraph What page one says, and it is no more than this.
        paragraph What page two says, and it is no more than this.
        paragraph What page three says, and it is no more than this.
        header Annual report of the county
        footer - 1 -
    "#]]
    .assert_eq(&told((1..4).map(page)));
}

#[test]
fn lists_keep_their_labels() {
    let page = Sketch::new(1)
        .lines(
            50.0,
            100.0,
            &["A line of text that stands above the list and is long."],
        )
        .text(60.0, 120.0, 10.0, "• the first thing")
        .text(60.0, 134.0, 10.0, "• the second thing")
        .lines(
            50.0,
            160.0,
            &["Another line of text, to part the lists from each other."],
        )
        .text(60.0, 180.0, 10.0, "1. one of them")
        .text(60.0, 194.0, 10.0, "2. and the other");
    expect![[r#"
        paragraph A line of text that stands above the list and is long.
        item • the first thing
        item • the second thing
        paragraph Another line of text, to part the lists from each other.
        item 1. one of them
        item 2. and the other
    "#]]
    .assert_eq(&told([page]));
}

#[test]
fn what_is_painted_twice_is_read_once() {
    let page = Sketch::new(1)
        .text(50.0, 100.0, 10.0, "bold by two coats")
        .text(50.3, 100.0, 10.0, "bold by two coats");
    assert_eq!(told([page]), "paragraph bold by two coats\n");
}

#[test]
fn words_that_run_from_the_right_are_read_from_there() {
    // As it is painted, from the left: the second word comes first, its last letter before the others.
    let page = Sketch::new(1).text(50.0, 100.0, 10.0, "םלוע םולש");
    assert_eq!(told([page]), "paragraph שלום עולם\n");

    // The letters of a ligature are given as they are read.
    let mut page = Sketch::new(1).text(50.0, 100.0, 10.0, "ماس");
    page.0.glyphs[1].text = "لا".into();
    assert_eq!(told([page]), "paragraph سلام\n");
}

#[test]
fn links_and_raised_signs_are_kept() {
    let mut page = Sketch::new(1)
        .text(50.0, 100.0, 10.0, "see here for more")
        .text(136.0, 96.0, 6.0, "1");
    page.0.links.push(LinkArea {
        bbox: Rect::new(69.0, 90.0, 91.0, 104.0),
        href: "https://example.org/".to_owned(),
    });
    assert_eq!(
        told([page]),
        "paragraph see [here](https://example.org/) for more1<Superscript>\n"
    );
}

#[test]
fn a_turned_page_is_read_upright() {
    let page = Sketch::new(1).upwards(100.0, 500.0, "a page on its side");
    assert_eq!(told([page]), "paragraph a page on its side\n");
}

#[test]
fn notes_at_the_foot_are_tied_to_their_signs() {
    let page = Sketch::new(1)
        .lines(
            50.0,
            100.0,
            &[
                "A line of the text that has a note",
                "and one more line of the text that has none",
            ],
        )
        .text(220.5, 96.0, 6.0, "1")
        .text(50.0, 500.0, 5.0, "1")
        .text(54.0, 503.0, 8.0, "What the note says of it.");
    let analysis = analysed([page], Hints::default());
    let [note] = &analysis.notes[..] else {
        panic!("one note: {:?}", analysis.notes)
    };
    assert_eq!(note.label.as_deref(), Some("1"));
    assert_eq!(block_text(&note.blocks[0]), "What the note says of it.");
    assert!(!tell(&analysis).contains("What the note"));
    let Some(Block::Paragraph(paragraph)) = analysis.body.first() else {
        panic!("a paragraph comes first")
    };
    let is_reference =
        |inline: &Inline| matches!(inline, Inline::NoteRef(reference) if reference.note == note.id);
    assert!(paragraph.content.iter().any(is_reference));
}
