"""Fills blank workbooks in with programs that did not write them.

For every form that is built in, openpyxl types a number into each cell of the blank workbook that takes one, and
  openpyxl     finds locked labels, unlocked input, a prompt for every input and a name for every field
  tabulary     reads what was typed back, field by field
  LibreOffice  reckons the formulas: its totals are those that Tabulary reckons on reading, and beside a row stands a
               message exactly where `check` finds a rule broken whose first cell is in that row
"""
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import openpyxl

faults = []
checks = 0


def check(holds, words):
    global checks
    checks += 1
    if not holds:
        faults.append(words)
        print("FAULT", words, flush=True)


def cell_of(book, reference):
    sheet, place = reference.rsplit("!", 1)
    return book[sheet.strip("'").replace("''", "'")][place.replace("$", "")]


def run(command, *arguments, codes=(0,)):
    done = subprocess.run([command, *arguments], capture_output=True, text=True)
    check(done.returncode in codes, f"{arguments}: ends with {done.returncode}: {done.stderr[:300]}")
    return done.stdout


def fill(command, form, folder):
    dice = random.Random(7)
    blank, filled = folder / "blank.xlsx", folder / "filled.xlsx"
    run(command, "form", "blank", form, "-o", blank, "--force")
    fields = {field["id"]: field for field in json.loads(run(command, "form", "show", form, "--format", "json"))["fields"]}
    book = openpyxl.load_workbook(blank)
    names = {name: item.attr_text for name, item in book.defined_names.items()}
    prompted = {(sheet.title, str(area)) for sheet in book for rule in sheet.data_validations.dataValidation
                if rule.prompt for area in rule.sqref.ranges}
    typed = {}
    for field, about in fields.items():
        name = "f_" + field.replace(".", "_").replace("-", "_")
        check(name in names, f"{form}: {field} has no name")
        cell = cell_of(book, names[name])
        if cell.data_type == "f":
            check(cell.protection.locked, f"{form}: the total {field} is not locked")
            continue
        check(not cell.protection.locked, f"{form}: {field} is locked")
        check((cell.parent.title, cell.coordinate) in prompted, f"{form}: {field} has no prompt")
        if about["type"] in ("count", "signed"):
            typed[field] = dice.randint(0, 9)
        elif about["type"] in ("money", "number"):
            typed[field] = dice.randint(0, 9999) / 100
        else:
            continue
        cell.value = typed[field]
    for sheet in book:
        check(sheet.protection.sheet, f"{form}: {sheet.title} is not protected")
        check(sheet["A1"].protection.locked, f"{form}: the title of {sheet.title} is not locked")
    book.save(filled)
    found = json.loads(run(command, "extract", filled, codes=(0, 1)))["fields"]
    for field, value in typed.items():
        check(found.get(field) is not None and float(found[field]) == value, f"{form}: {field} is {found.get(field)}, and {value} was typed")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    office = folder / "office"
    subprocess.run(["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", office, filled],
                   check=True, capture_output=True, timeout=300)
    reckoned = openpyxl.load_workbook(office / "filled.xlsx", data_only=True)
    for field in fields:
        cell = cell_of(reckoned, names["f_" + field.replace(".", "_").replace("-", "_")])
        if field not in typed and isinstance(cell.value, (int, float)):
            ours = found.get(field)
            check(ours is not None and abs(float(ours) - cell.value) < 1e-6, f"{form}: {field} is {ours}, LibreOffice has {cell.value}")
    answer = json.loads(run(command, "check", filled, "--format", "json", codes=(0, 1)))[0]["result"]
    broken = {(first["origin"]["sheet"], int("".join(filter(str.isdigit, first["origin"]["range"].split(":")[0]))))
              for finding in answer["findings"] if finding["kind"] == "rule" for first in finding["cells"][:1]}
    told = {(sheet.title, cell.row) for sheet in reckoned for row in sheet.iter_rows() for cell in row
            if isinstance(cell.value, str) and cell.value.startswith("✗")}
    check(broken == told, f"{form}: check finds {sorted(broken - told)} that no message tells, and messages tell {sorted(told - broken)}")
    check(broken, f"{form}: no rule is broken by random numbers")


def main():
    command = str(pathlib.Path(sys.argv[1]).resolve())
    for form in json.loads(run(command, "form", "list", "--format", "json")):
        with tempfile.TemporaryDirectory() as folder:
            fill(command, f"{form['id']}/{form['edition']}", pathlib.Path(folder))
    print(f"{checks - len(faults)} passed, {len(faults)} failed")
    sys.exit(bool(faults))


main()
