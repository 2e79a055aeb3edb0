//! Formulas of Word documents, read, written and read again.

use tabulary_ir::{Block, Code, Inline};
use tabulary_package::PackageWriter;

use super::*;

const FIXTURE: &[u8] = include_bytes!("../../../../../fixtures/docx/equations.docx");

const MAIN: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// Every structure of office mathematics, a line each.
const STRUCTURES: &str = include_str!("structures.xml");

/// A document with these formulas, each on a line of its own and in one.
fn document_of(formulas: &str) -> Vec<u8> {
    let formulas = formulas.lines().filter(|line| !line.trim().is_empty());
    let paragraphs: String = formulas
        .map(|formula| {
            format!(
                "<w:p><m:oMathPara><m:oMath>{formula}</m:oMath></m:oMathPara></w:p><w:p><w:r><w:t>a</w:t></w:r><m:oMath>{formula}</m:oMath></w:p>"
            )
        })
        .collect();
    let main = format!(
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><w:body>{paragraphs}</w:body></w:document>"#
    );
    let mut package = PackageWriter::new();
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
    package.relate("", kind, "word/document.xml", false);
    package.part("word/document.xml", MAIN, main);
    let mut bytes = Vec::new();
    package.finish(&mut bytes).expect("a Vec takes all bytes");
    bytes
}

/// The formulas of a document: their text, and their MathML.
fn formulas(document: &Document) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for block in &document.body {
        match block {
            Block::Math(math) => found.push((math.text.clone(), math.mathml.clone())),
            Block::Paragraph(paragraph) => {
                for inline in &paragraph.content {
                    if let Inline::Math(math) = inline {
                        found.push((math.text.clone(), math.mathml.clone()));
                    }
                }
            }
            _ => {}
        }
    }
    let formulas = found.into_iter();
    formulas
        .map(|(text, mathml)| (text, mathml.unwrap_or_default()))
        .collect()
}

fn formulas_come_back(bytes: &[u8]) -> Document {
    let read = back(bytes);
    let (written, diagnostics) = write(&read);
    let codes: Vec<_> = diagnostics.iter().map(|d| d.code).collect();
    assert!(!codes.contains(&Code::MathAsText), "{codes:?}");
    let again = back(&written);
    let (before, after) = (formulas(&read), formulas(&again));
    assert!(!before.is_empty());
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before, after);
    }
    assert_eq!(before.len(), after.len());
    read
}

#[test]
fn formulas_of_a_real_document_come_back() {
    formulas_come_back(FIXTURE);
}

#[test]
fn every_structure_comes_back() {
    let read = formulas_come_back(&document_of(STRUCTURES));
    let lines = read.body.iter().filter_map(|block| match block {
        Block::Math(math) => Some(format!("{}\n", math.text)),
        _ => None,
    });
    expect![[r#"
        x
        a+b
        E=mc^2
        \{x\_i\}\hat{}\#\%\&\sim\$\backslash
        10.5.1,3\alpha\beta\infty\leq y\quad z\ q = r
        \sin\mathrm{x}\ \mathrm{CO}2\ \mathrm{y}\text{速度}度ét
        \text{ if 5\% <  }x
        \mathbf{v}=\mathbf{max}\mathbf{1}\boldsymbol{x}\boldsymbol{\alpha}\mathbb{R}\mathbb{A}\mathcal{B}\mathcal{C}\mathfrak{g}\mathtt{t}\mathtt{1}\boldsymbol{\mathsf{s}}xh
        \hat{x}+⃗\sum i(a]|b
        \frac{a+1}{b}
        {a+1}/b12/3
        \substack{a \\ b}\binom{n}{k}
        x_{i,j}{y_1}^n{}^{\circ}
        {}_6^{14}C{}^a{bc}
        \sqrt{x+1}\sqrt[3]{xy}\sqrt{}
        \sum_{i=1}^{n} i=j,k=1
        \sum\nolimits_{i}\int^{1} \int\limits_{0} x
        {\otimes x}^{\int}\sum_{\sum i}
        f(x)]a;b|c;|p|q)|;[
        \left.\frac{a}{b}\alpha\right\rangle\left.\frac{}{}\middle|b\right|
        \begin{matrix}1 & a\&b \\\end{matrix}\begin{bmatrix}\int x\end{bmatrix}
        \hat{x}\widetilde{xy}\vec{v}\overline{z}\bar{z}\dot{x}\dddot{x}\overbrace{x}
        \underline{x}\overline{x+y}
        \sin x\cos^{-1}(x)\lim_{n\rightarrow\infty} \operatorname*{argmax}_{x} f=x,yf
        \underset{\_}{a}\overset{\rightarrow}{b}\overset{\text{def}}{=}\underset{i}{\overset{n}{\sum}}
        \underbrace{a+b}_{n}\overbrace{c}\overrightarrow{AB}\underset{\Leftrightarrow}{AB}
        \boxed{x}\cancel{y+1}zdx
        \begin{aligned}a & =12 &  \\  & =b\end{aligned};\begin{cases}x, & x>0 \\ -x, & x\leq 0\end{cases}
        E=m\quad \quad (1)
        \phantom{ab}12
        abdword
    "#]].assert_eq(&lines.collect::<String>());
}

#[test]
fn deep_formulas_come_back_with_their_text() {
    let deep = format!(
        "{}<m:r><m:t>ab</m:t></m:r>{}",
        "<m:sSup><m:e/><m:sup>".repeat(100),
        "</m:sup></m:sSup>".repeat(100)
    );
    let bytes = document_of(&deep);
    formulas_come_back(&bytes);
    let outcome = DocxReader.read(Input::new(&bytes), &ReadOptions::default());
    let told = outcome.expect("a document").diagnostics;
    assert!(told.iter().any(|d| d.code == Code::ContentSkipped));
}

#[test]
fn typed_formulas_come_back_as_text() {
    comes_back(&body(
        r#"{"text":"\\frac{1}{2}","type":"math"},{"text":"a+b","type":"math"}"#,
    ));
}

/// What the writer makes of MathML.
fn check_written(mathml: &str, wanted: &Expect) {
    let budget = ReadOptions::default().budget();
    let written = crate::math::write(mathml, &budget);
    wanted.assert_eq(&written.map(|written| written.xml).unwrap_or_default());
}

#[test]
fn mathml_of_others_is_built() {
    check_written(
        "<math><mrow><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><msup><mi>i</mi><mn>2</mn></msup><mo>=</mo><mi>f</mi><mo>&#x2061;</mo><mo>(</mo><mi>n</mi><mo>)</mo></mrow></math>",
        &expect![[
            r#"<m:nary><m:naryPr><m:chr m:val="∑"/><m:limLoc m:val="undOvr"/></m:naryPr><m:sub><m:r><m:t>i=1</m:t></m:r></m:sub><m:sup><m:r><m:t>n</m:t></m:r></m:sup><m:e><m:sSup><m:e><m:r><m:t>i</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup><m:r><m:t>=</m:t></m:r><m:func><m:fName><m:r><m:t>f</m:t></m:r></m:fName><m:e><m:d><m:e><m:r><m:t>n</m:t></m:r></m:e></m:d></m:e></m:func></m:e></m:nary>"#
        ]],
    );
    check_written(
        "<math><munder><mo>∑</mo><mi>i</mi></munder><mi>i</mi><mo>=</mo><mfenced open='[' separators=';'><mi>a</mi><mi>b</mi></mfenced></math>",
        &expect![[
            r#"<m:nary><m:naryPr><m:chr m:val="∑"/><m:limLoc m:val="undOvr"/><m:supHide m:val="1"/></m:naryPr><m:sub><m:r><m:t>i</m:t></m:r></m:sub><m:sup/><m:e><m:r><m:t>i</m:t></m:r></m:e></m:nary><m:r><m:t>=</m:t></m:r><m:d><m:dPr><m:begChr m:val="["/><m:sepChr m:val=";"/></m:dPr><m:e><m:r><m:t>a</m:t></m:r></m:e><m:e><m:r><m:t>b</m:t></m:r></m:e></m:d>"#
        ]],
    );
    check_written(
        "<m:math xmlns:m='http://www.w3.org/1998/Math/MathML'><m:semantics><m:mrow><m:mi>f</m:mi><m:mo>=</m:mo><m:mo>{</m:mo><m:mtable><m:mtr><m:mtd><m:mn>0</m:mn></m:mtd></m:mtr></m:mtable></m:mrow><m:annotation encoding='application/x-tex'>f</m:annotation></m:semantics></m:math>",
        &expect![[
            r#"<m:r><m:t>f=</m:t></m:r><m:d><m:dPr><m:begChr m:val="{"/><m:endChr m:val=""/></m:dPr><m:e><m:m><m:mPr><m:mcs><m:mc><m:mcPr><m:count m:val="1"/><m:mcJc m:val="center"/></m:mcPr></m:mc></m:mcs></m:mPr><m:mr><m:e><m:r><m:t>0</m:t></m:r></m:e></m:mr></m:m></m:e></m:d>"#
        ]],
    );
    check_written(
        "<math><mmultiscripts><mi>C</mi><mn>2</mn><none/><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts><mover><mi>x</mi><mo>^</mo></mover><mi mathvariant='bold'>v</mi><mspace width='1em'/><mtext>if</mtext><ms>s</ms></math>",
        &expect![[
            r#"<m:sPre><m:sub><m:r><m:t>6</m:t></m:r></m:sub><m:sup><m:r><m:t>14</m:t></m:r></m:sup><m:e><m:sSubSup><m:e><m:r><m:t>C</m:t></m:r></m:e><m:sub><m:r><m:t>2</m:t></m:r></m:sub><m:sup/></m:sSubSup></m:e></m:sPre><m:acc><m:accPr><m:chr m:val="̂"/></m:accPr><m:e><m:r><m:t>x</m:t></m:r></m:e></m:acc><m:r><m:rPr><m:sty m:val="b"/></m:rPr><m:t>v</m:t></m:r><m:r><m:t> </m:t></m:r><m:r><m:rPr><m:nor/></m:rPr><m:t>if</m:t></m:r><m:r><m:rPr><m:nor/></m:rPr><m:t>&quot;s&quot;</m:t></m:r>"#
        ]],
    );
    check_written("<math><mi>x</math>", &expect![[""]]);
    check_written("<math></math>", &expect![[""]]);
    check_written("x", &expect![[""]]);
}

#[test]
fn long_mathml_is_read_in_time() {
    let rows = "<mtr></mtr>".repeat(20_000);
    let wide = "<mtd></mtd>".repeat(20_000);
    for mathml in [
        format!("<math>{}</math>", "<mo>(</mo>".repeat(20_000)),
        format!("<math>{}</math>", "<mi>a</mi>".repeat(100_000)),
        format!("<math><mtable><mtr>{wide}</mtr>{rows}</mtable></math>"),
    ] {
        let document = body(&format!(
            r#"{{"mathml":{mathml:?},"text":"x","type":"math"}}"#
        ));
        let (bytes, _) = write(&document);
        assert_eq!(formulas(&back(&bytes)).len(), 1);
    }
}

#[test]
fn deep_mathml_is_readable() {
    for element in ["munderover", "mmultiscripts", "mfrac", "msqrt"] {
        let deep = format!(
            "<math>{}<mi>x</mi>{}</math>",
            format!("<{element}>").repeat(300),
            format!("<mi>a</mi><mi>b</mi></{element}>").repeat(300)
        );
        let document = body(&format!(
            r#"{{"mathml":{deep:?},"text":"x","type":"math"}},{{"mathml":{:?},"text":"x","type":"math"}}"#,
            format!(
                "<math>{}{}</math>",
                "<mrow>".repeat(300),
                "</mrow>".repeat(300)
            ),
        ));
        let (bytes, _) = write(&document);
        assert_eq!(formulas(&back(&bytes)).len(), 2);
    }
}
