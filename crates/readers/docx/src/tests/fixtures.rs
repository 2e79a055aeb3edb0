//! Real documents.

use expect_test::expect;

use super::*;

fn check_file(name: &str, wanted: &Expect) {
    let path = format!(
        "{}/../../../fixtures/docx/{name}",
        env!("CARGO_MANIFEST_DIR")
    );
    let bytes = std::fs::read(path).expect("the file is there");
    let outcome = read(&bytes).expect("a document");
    let text = lines(outcome.value, &outcome.diagnostics).replace('\u{200B}', "<U+200B>");
    // The first columns of lines say enough, and keep snapshots readable.
    let short = text.lines().map(|line| {
        let cut: String = line.chars().take(240).collect();
        format!("{cut}\n")
    });
    wanted.assert_eq(&short.collect::<String>());
}

#[test]
fn tables() {
    check_file(
        "tables.docx",
        &expect![[r#"
            {"content":[{"text":"Test with tables","type":"text"}],"level":1,"type":"heading"}
            {"content":[{"text":"A uniform table","type":"text"}],"type":"paragraph"}
            {"cells":[{"col":0,"row":0,"text":"Header 0.0"},{"col":1,"row":0,"text":"Header 0.1"},{"col":2,"row":0,"text":"Header 0.2"},{"col":0,"row":1,"text":"Cell 1.0"},{"col":1,"row":1,"text":"Cell 1.1"},{"col":2,"row":1,"text":"Cell 1.2"},{"col":0
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"A non-uniform table with horizontal spans","type":"text"}],"type":"paragraph"}
            {"cells":[{"col":0,"row":0,"text":"Header 0.0"},{"col":1,"row":0,"text":"Header 0.1"},{"col":2,"row":0,"text":"Header 0.2"},{"col":0,"row":1,"text":"Cell 1.0"},{"col":1,"col_span":2,"row":1,"text":"Merged Cell 1.1 1.2"},{"col":0,"row":2,"te
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"A non-uniform table with horizontal spans in inner columns","type":"text"}],"type":"paragraph"}
            {"cells":[{"col":0,"row":0,"text":"Header 0.0"},{"col":1,"row":0,"text":"Header 0.1"},{"col":2,"row":0,"text":"Header 0.2"},{"col":3,"row":0,"text":"Header 0.3"},{"col":0,"row":1,"text":"Cell 1.0"},{"col":1,"col_span":2,"row":1,"text":"Merg
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"A non-uniform table with vertical spans","type":"text"}],"type":"paragraph"}
            {"cells":[{"col":0,"row":0,"text":"Header 0.0"},{"col":1,"row":0,"text":"Header 0.1"},{"col":2,"row":0,"text":"Header 0.2"},{"col":0,"row":1,"text":"Cell 1.0"},{"col":1,"row":1,"row_span":2,"text":"Merged Cell 1.1 2.1"},{"col":2,"row":1,"te
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"A non-uniform table with all kinds of spans and empty cells","type":"text"}],"type":"paragraph"}
            {"cells":[{"col":0,"row":0,"text":"Header 0.0"},{"col":1,"row":0,"text":"Header 0.1"},{"col":2,"row":0,"text":"Header 0.2"},{"col":0,"row":1,"text":"Cell 1.0"},{"col":1,"row":1,"row_span":2,"text":"Merged Cell 1.1 2.1"},{"col":2,"row":1,"te
            {"content":[],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"A non-uniform table with a row starting late","type":"text"}],"type":"paragraph"}
            {"cells":[{"col":0,"row":0,"text":"Header 0.0"},{"col":1,"row":0,"text":"Header 0.1"},{"col":1,"row":1,"text":"Cell 1.1"}],"columns":[{"width":234},{"width":234}],"rows":2,"type":"table"}
            {"content":[{"text":"A non-uniform table with a vertical span over a row starting late","type":"text"}],"type":"paragraph"}
            {"cells":[{"col":0,"row":0,"text":"Header 0.0"},{"col":1,"row":0,"text":"Header 0.1"},{"col":2,"row":0,"row_span":2,"text":"Merged Cell 0.2 1.2"}],"columns":[{"width":156},{"width":156},{"width":156}],"rows":2,"type":"table"}
            word/document.xml p[1]: warning[looks-dropped]: distances between lines and paragraphs are not kept
        "#]],
    );
}

#[test]
fn lists() {
    check_file(
        "lists.docx",
        &expect![[r#"
            {"content":[{"text":"Test Document","type":"text"}],"level":1,"type":"heading"}
            {"content":[],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"Paragraph 2.1.1","type":"text"}],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"Paragraph 2.1.2","type":"text"}],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"Test 1:","type":"text"}],"level":3,"type":"heading"}
            {"items":[{"blocks":[{"content":[{"text":"List item 1","type":"text"}],"type":"paragraph"}]},{"blocks":[{"content":[{"text":"List item 2","type":"text"}],"type":"paragraph"}]},{"blocks":[{"content":[{"text":"List item 3","type":"text"}],"ty
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"Test 2:","type":"text"}],"level":3,"type":"heading"}
            {"items":[{"blocks":[{"content":[{"text":"List item a","type":"text"}],"type":"paragraph"}],"label":"1."},{"blocks":[{"content":[{"text":"List item b","type":"text"}],"type":"paragraph"}],"label":"2."},{"blocks":[{"content":[{"text":"List i
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"Test 3:","type":"text"}],"level":3,"type":"heading"}
            {"items":[{"blocks":[{"content":[{"text":"List item 1","type":"text"}],"type":"paragraph"}]},{"blocks":[{"content":[{"text":"List item 2","type":"text"}],"type":"paragraph"},{"items":[{"blocks":[{"content":[{"text":"List item 1.1","type":"t
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"Test 4:","type":"text"}],"level":3,"type":"heading"}
            {"items":[{"blocks":[{"content":[{"text":"List item 1","type":"text"}],"type":"paragraph"},{"items":[{"blocks":[{"content":[{"text":"List item 1.1","type":"text"}],"type":"paragraph"}],"label":"o"}],"ordered":false,"type":"list"}]},{"blocks
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"Test 5:","type":"text"}],"level":3,"type":"heading"}
            {"items":[{"blocks":[{"content":[{"text":"List item 1","type":"text"}],"type":"paragraph"},{"items":[{"blocks":[{"content":[{"text":"List item 1.1","type":"text"}],"type":"paragraph"},{"items":[{"blocks":[{"content":[{"text":"List item 1.1.
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"Test 6:","type":"text"}],"level":3,"type":"heading"}
            {"items":[{"blocks":[{"content":[{"text":"List item 1","type":"text"}],"type":"paragraph"}]},{"blocks":[{"content":[{"text":"List item 2","type":"text"}],"type":"paragraph"},{"items":[{"blocks":[{"content":[{"text":"List item 1.1","type":"t
            {"content":[],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"content":[{"text":" Test 7:","type":"text"}],"level":3,"type":"heading"}
            {"items":[{"blocks":[{"content":[{"text":"First item with numId 2","type":"text"}],"type":"paragraph"}],"label":"1."}],"ordered":true,"type":"list"}
            {"content":[],"style":{"indent":18},"type":"paragraph"}
            {"items":[{"blocks":[{"content":[{"text":"Second item with numId 2","type":"text"}],"type":"paragraph"}],"label":"2."}],"ordered":true,"type":"list"}
            {"content":[],"style":{"indent":36},"type":"paragraph"}
            {"items":[{"blocks":[{"content":[{"text":"Third item with numId 2","type":"text"}],"type":"paragraph"}],"label":"3."}],"ordered":true,"type":"list"}
            {"content":[],"style":{"indent":36},"type":"paragraph"}
            {"items":[{"blocks":[{"content":[{"text":"Fourth item with numId 2","type":"text"}],"type":"paragraph"}],"label":"4."}],"ordered":true,"type":"list"}
            {"content":[],"type":"paragraph"}
            {"items":[{"blocks":[{"content":[{"text":"Single item of a new list","type":"text"}],"type":"paragraph"}],"label":"1."}],"ordered":true,"type":"list"}
            {"content":[],"type":"paragraph"}
            {"items":[{"blocks":[{"content":[{"text":"Single item of a new list","type":"text"}],"type":"paragraph"}],"label":"1."}],"ordered":true,"type":"list"}
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"Test 8: Style-based lists: ","type":"text"}],"level":3,"type":"heading"}
            {"content":[{"text":" ","type":"text"},{"marks":["italic"],"text":"Docling should extract the list format when the formatting comes from the styles:","type":"text"}],"type":"paragraph"}
            {"items":[{"blocks":[{"content":[{"marks":["italic"],"text":"First item","type":"text"}],"type":"paragraph"}]},{"blocks":[{"content":[{"marks":["italic"],"text":"Second item","type":"text"}],"type":"paragraph"}]},{"blocks":[{"content":[{"ma
            {"type":"page_break"}
            {"content":[{"text":"Test 9: List continuity with non-empty text","type":"text"}],"level":3,"type":"heading"}
            {"content":[],"type":"paragraph"}
            {"items":[{"blocks":[{"content":[{"text":"ORCHARD MAP AND GARDEN NOTES","type":"text"}],"type":"paragraph"},{"items":[{"blocks":[{"content":[{"text":"Morning Walk","type":"text"}],"type":"paragraph"}],"label":"1.1"}],"ordered":true,"type":"
            {"content":[{"text":"The gravel path bent around a quiet pond where ducks drifted in slow circles.","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"A wooden bench near the willow still held last week's newspaper under a stone.","type":"text"}],"type":"paragraph"}
            {"items":[{"blocks":[{"content":[{"text":"Greenhouse Shelves","type":"text"}],"type":"paragraph"}],"label":"1.2"}],"ordered":true,"type":"list"}
            {"content":[{"text":"Tomato seedlings leaned toward the glass as afternoon light warmed the trays.","type":"text"}],"type":"paragraph"}
            {"items":[{"blocks":[{"content":[{"text":"WEEKEND ERRAND LIST","type":"text"}],"type":"paragraph"},{"items":[{"blocks":[{"content":[{"text":"Market Stops","type":"text"}],"type":"paragraph"},{"items":[{"blocks":[{"content":[{"text":"Buy fre
            {"content":[{"text":"The spare clamps were sorted into labeled tins along the lower shelf.","type":"text"}],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            word/document.xml p[1]: warning[looks-dropped]: distances between lines and paragraphs are not kept
            word/document.xml p[47]: warning[looks-dropped]: colours of letters are not kept
            word/document.xml p[47]: warning[looks-dropped]: fonts and sizes of letters are not kept
            word/document.xml p[61]: warning[looks-dropped]: places and leaders of tabulators are not kept
        "#]],
    );
}

#[test]
fn equations() {
    check_file(
        "equations.docx",
        &expect![[r#"
            {"content":[{"text":"This is a word document and this is an inline equation: ","type":"text"},{"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mi>A</mi><mo>=</mo><mi>π</mi><msup><mi>r</mi><mn>2</mn></msup></math>","text":"A=\\
            {"items":[{"blocks":[{"content":[{"text":"First item with inline equation: ","type":"text"},{"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mi>A</mi><mo>=</mo><mi>π</mi><msup><mi>r</mi><mn>2</mn></msup></math>","text":"A=\\pi
            {"content":[{"text":"If instead, I want an equation by line, I can do this:","type":"text"}],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><msup><mi>a</mi><mn>2</mn></msup><mo>+</mo><msup><mi>b</mi><mn>2</mn></msup><mo>=</mo><msup><mi>c</mi><mn>2</mn></msup><mtext> </mtext><mo>×</mo><mtext> </mtext
            {"content":[{"text":"And that is an equation by itself. Cheers!","type":"text"}],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"This is another equation:","type":"text"}],"type":"paragraph"}
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mi>f</mi><mrow><mo fence=\"true\" form=\"prefix\">(</mo><mi>x</mi><mo fence=\"true\" form=\"postfix\">)</mo></mrow><mo>=</mo><msub><mi>a</mi><mn>0</mn></msub><
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"This is text. This is text. This is text. This is text. This is text. This is text. This is text. This is text. This is text. This is text. This is text. This is text. This is text. This is text. This is text. This is t
            {"content":[],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"This is a word document and this is an inline equation: ","type":"text"},{"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mi>A</mi><mo>=</mo><mi>π</mi><msup><mi>r</mi><mn>2</mn></msup></math>","text":"A=\\
            {"content":[],"type":"paragraph"}
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><msup><mrow><mo fence=\"true\" form=\"prefix\">(</mo><mi>x</mi><mo>+</mo><mi>a</mi><mo fence=\"true\" form=\"postfix\">)</mo></mrow><mi>n</mi></msup><mo>=</mo><
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"And that is an equation by itself. Cheers!","type":"text"}],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"This is another equation:","type":"text"}],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><msup><mrow><mo fence=\"true\" form=\"prefix\">(</mo><mn>1</mn><mo>+</mo><mi>x</mi><mo fence=\"true\" form=\"postfix\">)</mo></mrow><mi>n</mi></msup><mo>=</mo><
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"This is text. This is text. This is text. This is text. This is text. This is text. This is text. This is text. This is text. This is text. This is text. This is text. This is text. This is text. This is text. This is t
            {"content":[],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"This is a word document and these are inline equations: ","type":"text"},{"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><msubsup><mi>N</mi><mtext>s</mtext><mtext>H</mtext></msubsup></math>","text":"N_{\\t
            {"content":[],"type":"paragraph"}
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><msup><mi>e</mi><mi>x</mi></msup><mo>=</mo><mn>1</mn><mo>+</mo><mfrac><mi>x</mi><mrow><mn>1</mn><mo>!</mo></mrow></mfrac><mo>+</mo><mfrac><msup><mi>x</mi><mn>2<
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"And that is an equation by itself. Cheers! ","type":"text"}],"type":"paragraph"}
            {"type":"page_break"}
            {"content":[{"text":"Large operators and integrals are represented with n-ary objects in OMML XML:","type":"text"}],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><munderover><mo>∑</mo><mn>0</mn><mn>2</mn></munderover><mi>x</mi></mrow></math>","text":"\\sum_{0}^{2} x","type":"math"}
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><munderover><mo>⋃</mo><mrow><mi>n</mi><mo>=</mo><mn>1</mn></mrow><mi>m</mi></munderover><mrow><mo fence=\"true\" form=\"prefix\">(</mo><msub><mi>X</mi><mi
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><munderover><mo>∏</mo><mrow><mi>k</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><msub><mi>A</mi><mi>k</mi></msub></mrow></math>","text":"\\prod_{k
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><mo>⋀</mo><mi>x</mi></mrow></math>","text":"\\bigwedge x","type":"math"}
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><mo>∫</mo><mo stretchy=\"false\">(</mo><mn>2</mn><mi>x</mi><mo>+</mo><mn>1</mn><mo stretchy=\"false\">)</mo><mi>d</mi><mi>x</mi></mrow></math>","text":"\\
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><msubsup><mo>∬</mo><mn>0</mn><mn>1</mn></msubsup><mi>x</mi><mi>d</mi><mi>x</mi></mrow></math>","text":"\\iint_{0}^{1} xdx","type":"math"}
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><mo>∭</mo><mi>y</mi><mi>d</mi><mi>y</mi></mrow></math>","text":"\\iiint ydy","type":"math"}
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><mo>∮</mo><mfrac><mrow><mi>d</mi><mi>y</mi></mrow><mrow><mi>d</mi><mi>x</mi></mrow></mfrac></mrow></math>","text":"\\oint \\frac{dy}{dx}","type":"math"}
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><msubsup><mo>∯</mo><mn>0</mn><mrow><mn>2</mn><mi>π</mi></mrow></msubsup><mi>i</mi><mi>d</mi><mi>t</mi></mrow></math>","text":"\\oiint_{0}^{2\\pi} idt","ty
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><munder><mo>∰</mo><mi>C</mi></munder><mfrac><mn>1</mn><mi>z</mi></mfrac><mi>d</mi><mi>z</mi></mrow></math>","text":"\\oiiint\\limits_{C} \\frac{1}{z}dz","
            {"content":[],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"Operators used with limits:","type":"text"}],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mrow><munder><mi>argmax</mi><mi>ϵ</mi></munder><mo>⁡</mo><mi>f</mi><mo stretchy=\"false\">(</mo><mi>x</mi><mo stretchy=\"false\">)</mo><mo>,</mo><mtext>     </
            {"content":[],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"Equations with the OMML group character object:","type":"text"}],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><msub><mi>P</mi><mtext> x</mtext></msub><mo>=</mo><munder><munder accentunder=\"true\"><mrow><mi>S</mi><mo>⋅</mo><mi>T</mi><mo>⋅</mo><mi>G</mi><mo>⋅</mo><mo str
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><msub><mi>Q</mi><mtext> y</mtext></msub><mo>=</mo><mover><mover accent=\"true\"><mrow><mi>G</mi><mo>⋅</mo><mi>T</mi><mo>⋅</mo><mi>S</mi><mo>⋅</mo><mo stretchy=\
            {"content":[],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"mathml":"<math xmlns=\"http://www.w3.org/1998/Math/MathML\" display=\"block\"><mi mathvariant=\"normal\">s</mi><mmultiscripts><mi mathvariant=\"normal\">τ</mi><mprescripts></mprescripts><mo>+</mo><mrow></mrow></mmultiscripts><mrow><mo fen
            {"content":[],"type":"paragraph"}
            word/document.xml p[29]: warning[looks-dropped]: fonts and sizes of letters are not kept
            word/document.xml p[56]: warning[looks-dropped]: distances between lines and paragraphs are not kept
        "#]],
    );
}

#[test]
fn tracked_changes() {
    check_file(
        "tracked_changes.docx",
        &expect![[r#"
            {"content":[{"marks":["bold"],"text":"Tika","type":"text"},{"text":" can be:","type":"text"}],"type":"paragraph"}
            {"items":[{"blocks":[{"content":[{"text":"A Nepalese name for ","type":"text"},{"content":[{"marks":["underline"],"text":"Tilaka","type":"text"}],"href":"http://en.wikipedia.org/wiki/Tilaka","type":"link"}],"type":"paragraph"}]},{"blocks":[
            {"items":[{"blocks":[{"content":[{"text":"the ","type":"text"},{"content":[{"marks":["underline"],"text":"subcommentaries","type":"text"}],"href":"http://en.wikipedia.org/wiki/Subcommentaries,_Theravada","type":"link"},{"text":" of the ","t
            {"content":[{"text":"March 2009: Apache Tika Release","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"Apache Tika 0.3 has been released. Please see the download page for more details.","type":"text"}],"style":{"indent":36},"type":"paragraph"}
            {"content":[{"text":"February 2009: Lucene at ApacheCon Europe 2009 in Amsterdam","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"Lucene will be extremely well represented at ","type":"text"},{"content":[{"marks":["underline"],"text":"ApacheCon EU 2009","type":"text"}],"href":"http://www.eu.apachecon.com/c/aceu2009/","type":"link"},{"text":" in Am
            {"items":[{"blocks":[{"content":[{"content":[{"marks":["underline"],"text":"Lucene Boot Camp","type":"text"}],"href":"http://eu.apachecon.com/c/aceu2009/sessions/197","type":"link"},{"text":" - A two day training session, March 23 & 24th","
            {"content":[],"type":"paragraph"}
            word/document.xml p[1]: warning[looks-dropped]: fonts and sizes of letters are not kept
            word/document.xml p[1]: warning[looks-dropped]: distances between lines and paragraphs are not kept
            word/document.xml p[2]: warning[looks-dropped]: colours of letters are not kept
            word/document.xml p[9]: loss[content-skipped]: text that was marked as deleted was left out, and text marked as inserted kept
        "#]],
    );
}

#[test]
fn endnotes() {
    check_file(
        "endnotes.docx",
        &expect![[r#"
            {"content":[{"text":"    * A Nepalese name for Tilaka","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"    * A nickname for Petrika the Albanian variation of Peter","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"    * A title in certain Indian monarchies for a Crown Prince","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"    * A place in Abkhazia","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"    * A place on Saturn's satellite Rhea, named after the last place","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"    * A name in various Indian languages (ṭīkā) for certain commentaries such as:","type":"text"}],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"        * the subcommentaries of the Theravada tradition.","type":"text"}],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"    * A pendant worn in place of the red spot (tilaka ","type":"text"},{"note":"en1","type":"note_ref"},{"text":"or 'tika') on the foreheads of Hindu women. Originally, the red spot was a sign which a priest would paint
            {"content":[{"text":"    * Tika Waylan, a major character in the DragonLance series of fantasy novels","type":"text"}],"type":"paragraph"}
            {"content":[{"text":"    * A software module for extracting text from binary files. Apache Tika is a subproject of the Lucene","type":"text"}],"type":"paragraph"}
            en1 i: {"content":[{"text":"XXX","type":"text"}],"type":"paragraph"}
            word/endnotes.xml endnote[1]/p[1]: warning[looks-dropped]: fonts and sizes of letters are not kept
            word/endnotes.xml endnote[1]/p[1]: warning[looks-dropped]: distances between lines and paragraphs are not kept
        "#]],
    );
}

#[test]
fn payment() {
    check_file(
        "payment.docx",
        &expect![[r##"
            {"content":[{"text":"付款通知书","type":"text"}],"style":{"role":"title"},"type":"paragraph"}
            {"cells":[{"blocks":[{"content":[{"marks":["bold"],"text":"付款通知书编号:","type":"text"},{"text":" {{NO}}","type":"text"}],"type":"paragraph"},{"content":[{"marks":["bold"],"text":"客户 ID:","type":"text"},{"text":" {{ID}}","type":"text"}],"type":
            {"content":[],"type":"paragraph"}
            {"content":[{"text":"{{#order}}","type":"text"}],"type":"paragraph"}
            {"content":[],"type":"paragraph"}
            {"cells":[{"col":0,"col_span":7,"row":0,"style":{"align":"center"},"text":"{{detail_table}}货物明细"},{"col":0,"row":1,"style":{"align":"center","fill":"#f2f2f2"},"text":"数量"},{"col":1,"row":1,"style":{"align":"center","fill":"#f2f2f2"},"text":
            {"content":[],"type":"paragraph"}
            {"cells":[{"col":0,"row":0,"style":{"align":"right"},"text":"小计:"},{"col":1,"row":0,"style":{"align":"right"},"text":"{{subtotal}}"},{"col":0,"row":1,"style":{"align":"right"},"text":"税额:"},{"col":1,"row":1,"style":{"align":"right"},"text":
            {"content":[],"type":"paragraph"}
            First header: {"content":[{"text":"本文档由Poi-tL生成","type":"text"}],"style":{"align":"center"},"type":"paragraph"}
            word/document.xml p[1]: warning[looks-dropped]: colours of letters are not kept
            word/document.xml p[1]: warning[looks-dropped]: fonts and sizes of letters are not kept
            word/document.xml p[1]: warning[looks-dropped]: boxes and lines around paragraphs are not kept
            word/document.xml p[1]: warning[looks-dropped]: distances between lines and paragraphs are not kept
            word/document.xml tbl[2]: warning[looks-dropped]: grounds that the style of a table gives to its cells are not kept
            word/document.xml tbl[2]/tr[1]/tc[1]: warning[looks-dropped]: colours of lines are not kept
            word/document.xml tbl[3]: warning[looks-dropped]: where tables stand between the margins is not kept
            word/header1.xml p[1]: warning[looks-dropped]: small letters that are shown as capitals are small letters
        "##]],
    );
}
