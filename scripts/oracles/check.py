"""Opens what Tabulary writes in programs that did not write it.

Every fixture of canonical JSON and the seed report go to docx, xlsx, pdf and html. Then
  docx   python-docx opens it, and finds the document's tables and the text of its cells; openxml-audit finds no fault
  xlsx   openpyxl opens it, and finds the text, the numbers and the merged ranges of its tables
  html   lxml parses it, and finds as many cells as the document has, with their text
  pdf    qpdf finds no fault in it, and pdftotext finds the document's characters
  all    LibreOffice opens every docx and xlsx, and its PDF of them has the document's characters
Every Word fixture is written again, which openxml-audit looks through, and the labels of its numbering are those of LibreOffice.
The PDF that LibreOffice makes of a Word fixture, read by what its pages show, has the tables and the headings of the fixture.
"""
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

import docx
import lxml.html
import openpyxl

ROOT = pathlib.Path(__file__).resolve().parents[2]
faults = []
checks = 0

# What the pages of a Word fixture do not show as the fixture says it, and why.
NOT_ON_PAGES = {
    ("chart", "headings"): "the title of its chart is large text in a line of its own",
    ("payment", "tables"): "two of its tables have no lines and one row of text each, and set its letterhead",
    ("payment", "headings"): "its title is a paragraph that is made large and bold",
    ("right_to_left", "tables"): "its table has no lines, and sets its letterhead",
    ("right_to_left", "headings"): "its cover is paragraphs that are made large and bold, which shifts the levels below",
}


def check(holds, words):
    global checks
    checks += 1
    if not holds:
        faults.append(words)
        print("FAULT", words, flush=True)


def blocks(node):
    """Every block below a node of canonical JSON, outer before inner."""
    for block in node:
        yield block
        for key in ("body", "blocks"):
            yield from blocks(block.get(key, []))
        for item in block.get("items", []) + block.get("cells", []):
            yield from blocks(item.get("blocks", []))


def texts(node):
    """Every piece of text below a node of canonical JSON."""
    if isinstance(node, list):
        for part in node:
            yield from texts(part)
    elif isinstance(node, dict):
        if isinstance(node.get("text"), str) and not node.get("blocks"):
            yield node["text"]
        for key in ("caption", "content", "body", "blocks", "items", "cells"):
            yield from texts(node.get(key, []))


def published(document):
    """The blocks of a document that pages show: hidden sheets are left out, and told."""
    return [block for block in document["body"] if not block.get("hidden")]


def characters(text):
    """Letters and digits, counted; layout changes the rest."""
    return collections.Counter(c for c in text if c.isalnum())


def pdf_text(path):
    return subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True).stdout.decode()


def check_docx(path, document, name):
    book = docx.Document(path)
    body = book.element.body
    names = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    tables = [block for block in blocks(published(document)) if block["type"] == "table"]
    check(len(body.findall(".//w:tbl", names)) == len(tables), f"{name}: python-docx finds other tables")
    found = characters("".join(t.text or "" for t in body.iter("{%s}t" % names["w"])))
    lost = characters("".join(texts(published(document)))) - found
    check(not lost, f"{name}: python-docx does not find {''.join(lost)!r}")


def check_xlsx(path, document, name):
    book = openpyxl.load_workbook(path)
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    strings = {value for value in cells if isinstance(value, str)}
    numbers = collections.Counter(float(value) for value in cells if isinstance(value, (int, float)) and not isinstance(value, bool))
    outer = [block for block in document["body"] if block["type"] == "table"]
    for section in document["body"]:
        outer += [block for block in section.get("body", []) if block["type"] == "table"]
    wanted = collections.Counter()
    merged = 0
    for cell in (cell for table in outer for cell in table["cells"]):
        merged += cell.get("row_span", 1) > 1 or cell.get("col_span", 1) > 1
        value = cell.get("value", {})
        if "number" in value and "formula" not in cell:
            wanted[float(value["number"])] += 1
        elif not value and cell.get("text") and "formula" not in cell:
            check(cell["text"] in strings, f"{name}: openpyxl does not find {cell['text']!r}")
    check(not wanted - numbers, f"{name}: openpyxl does not find the numbers {wanted - numbers}")
    ranges = sum(len(sheet.merged_cells.ranges) for sheet in book)
    check(ranges >= merged, f"{name}: openpyxl finds {ranges} merged ranges of {merged}")


def check_html(path, document, name):
    root = lxml.html.parse(path, parser=lxml.html.HTMLParser(encoding="utf-8")).getroot()
    wanted = sum(len(block["cells"]) for block in blocks(document["body"]) if block["type"] == "table")
    found = len(root.xpath("//td|//th"))
    check(found >= wanted, f"{name}: lxml finds {found} cells of {wanted}")
    lost = characters("".join(texts(document["body"]))) - characters(root.text_content())
    check(not lost, f"{name}: lxml does not find {''.join(lost)!r}")


def check_pdf(path, document, name):
    result = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    check(result.returncode == 0, f"{name}: qpdf says {result.stderr.strip()[-200:]}")
    # Characters that no built-in font has are told by a diagnostic, and cannot be found.
    lost = characters("".join(texts(published(document)))) - characters(pdf_text(path))
    lost = {c: n for c, n in lost.items() if ord(c) < 0x10000}
    check(not lost, f"{name}: pdftotext does not find {lost}")


def audit(path, name):
    """Schema and semantics of a Word document."""
    tool = pathlib.Path(sys.executable).with_name("openxml-audit")
    found = subprocess.run([tool, path], capture_output=True, text=True)
    check(found.returncode == 0, f"{name}: openxml-audit: {found.stdout.strip()}")


def labelled(node):
    """Labels of numbering with the text behind them."""
    for block in blocks(node):
        if block.get("label") and "content" in block:
            yield block["label"], "".join(texts(block["content"]))
        for item in block.get("items", []):
            first = next((b for b in item["blocks"] if b["type"] == "paragraph"), None)
            if item.get("label") and first:
                yield item["label"], "".join(texts(first["content"]))


def squeezed(text):
    return "".join(text.split())


def check_labels(document, path, name):
    """Numbers are compared; the bullets of a text export are its own."""
    lines = {squeezed(line) for line in path.read_text("utf-8-sig").splitlines()}
    for label, text in labelled(document["body"]):
        if any(c.isalnum() for c in label) and len(label) > 1 and squeezed(text):
            check(squeezed(label + text) in lines, f"{name}: LibreOffice has no line {label} {text}")


def tables_of(document):
    """Of each table the cells with text: where they start, how far they reach, and what they say."""
    tables = [block for block in blocks(document["body"]) if block["type"] == "table"]
    shapes = []
    for table in tables:
        cells = [(cell.get("row", 0), cell.get("col", 0), cell.get("row_span", 1), cell.get("col_span", 1), squeezed("".join(texts(cell))))
                 for cell in table["cells"]]
        shapes.append([cell for cell in cells if cell[4]])
    return shapes


def headings_of(document):
    """Each heading with its rank among those that the document has: pages do not show that a level is left out."""
    headings = [(block["level"], squeezed("".join(texts(block["content"])))) for block in blocks(document["body"])
                if block["type"] == "heading"]
    ranks = sorted({level for level, _ in headings})
    return [(ranks.index(level), text) for level, text in headings]


def check_pages(command, document, path, name):
    """What pages show against what the document says; an exception that holds no more is a fault too."""
    read = path.with_suffix(".pages.json")
    subprocess.run([command, "convert", "-q", "--no-embedded", path, "-o", read], check=True)
    shown = json.loads(read.read_text())
    for kind, of in (("tables", tables_of), ("headings", headings_of)):
        same, why = of(shown) == of(document), NOT_ON_PAGES.get((name, kind))
        if why:
            check(not same, f"{name}: its pages have its {kind}, although {why}")
        else:
            check(same, f"{name}: its pages have other {kind}: {of(shown)} for {of(document)}")


def word_fixtures(command, folder):
    """Reads the Word fixtures and writes them again."""
    sources = sorted((ROOT / "fixtures/docx").glob("*.docx"))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    for target in ("txt:Text (encoded):UTF8", "pdf"):
        subprocess.run(["soffice", profile, "--headless", "--convert-to", target, "--outdir", folder / "word", *sources],
                       check=True, capture_output=True, timeout=600)
    for source in sources:
        again, read = folder / f"again-{source.name}", folder / f"{source.stem}.read.json"
        for output in (again, read):
            subprocess.run([command, "convert", "-q", source, "-o", output], check=True)
        audit(again, source.name)
        document = json.loads(read.read_text())
        check_labels(document, folder / "word" / f"{source.stem}.txt", source.name)
        check_pages(command, document, folder / "word" / f"{source.stem}.pdf", source.stem)


def main():
    command = str(pathlib.Path(sys.argv[1]).resolve())
    sources = sorted((ROOT / "fixtures/json").glob("*.json")) + [ROOT / "fixtures/reports/shuangpai-2019.txt"]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        documents = {}
        for source in sources:
            for target in ("json", "docx", "xlsx", "html", "pdf"):
                output = folder / f"{source.stem}.{target}"
                subprocess.run([command, "convert", "-q", source, "-o", output], check=True)
            documents[source.stem] = json.loads((folder / f"{source.stem}.json").read_text())
            audit(folder / f"{source.stem}.docx", f"{source.stem}.docx")
        word_fixtures(command, folder)
        for stem, document in documents.items():
            for target in ("docx", "xlsx", "html", "pdf"):
                globals()["check_" + target](str(folder / f"{stem}.{target}"), document, f"{stem}.{target}")
        for target in ("docx", "xlsx"):
            office = folder / "office" / target
            files = [str(folder / f"{stem}.{target}") for stem in documents]
            profile = f"-env:UserInstallation=file://{folder}/profile"
            subprocess.run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", office, *files],
                           check=True, capture_output=True, timeout=600)
            for stem in documents:
                path = office / f"{stem}.pdf"
                check(path.exists(), f"{stem}.{target}: LibreOffice does not open it")
                if path.exists() and target == "docx":
                    lost = characters("".join(texts(published(documents[stem])))) - characters(pdf_text(str(path)))
                    check(sum(lost.values()) <= 2, f"{stem}.{target}: LibreOffice does not show {''.join(lost)!r}")
    print(f"{checks - len(faults)} passed, {len(faults)} failed")
    sys.exit(bool(faults))


main()
