"""Opens the deposits that Tabulary makes in programs that did not make them.

A deposit of every fixture as a folder, as a zip and as a tar, one of all fixtures together, and a second version:
  bagit        the reference implementation of BagIt in Python finds each bag complete and valid
  sha512sum    finds every file as the manifests say, as README.txt tells a person to
  lxml         validates METS, PREMIS 3 and Dublin Core against their schemas; every file that METS names is there
  tar, zip     of Python unpack what Tabulary packed, below one folder
  tabulary     finds each of them whole, and not whole after one byte was changed

Arguments: the built command, the folder with the schemas of METS and PREMIS, and the folder with those of Dublin Core.
"""
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tarfile
import tempfile
import urllib.parse
import zipfile

import bagit
from lxml import etree

ROOT = pathlib.Path(__file__).resolve().parents[2]
XLINK = "{http://www.w3.org/1999/xlink}href"
faults = []
checks = 0

# The root that holds the elements of Dublin Core is one's own to choose; the elements are those of the initiative.
CORE = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:dcterms="http://purl.org/dc/terms/" elementFormDefault="qualified">
  <xs:import namespace="http://purl.org/dc/elements/1.1/" schemaLocation="dc.xsd"/>
  <xs:import namespace="http://purl.org/dc/terms/" schemaLocation="dcterms.xsd"/>
  <xs:element name="metadata"><xs:complexType><xs:choice maxOccurs="unbounded">
    <xs:element ref="dc:any"/>
  </xs:choice></xs:complexType></xs:element>
</xs:schema>"""


def check(holds, words):
    global checks
    checks += 1
    if not holds:
        faults.append(words)
        print("FAULT", words, flush=True)


class Beside(etree.Resolver):
    """Finds schemas that others import in the folders at hand, and asks no network."""

    def __init__(self, folders):
        self.files = {path.name: path for folder in folders for path in sorted(folder.rglob("*.xsd"))}

    def resolve(self, url, _, context):
        path = self.files.get(url.rsplit("/", 1)[-1])
        return self.resolve_filename(str(path), context) if path else self.resolve_empty(context)


def schema(source, folders):
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Beside(folders))
    tree = etree.fromstring(source, parser).getroottree() if isinstance(source, str) else etree.parse(str(source), parser)
    return etree.XMLSchema(tree)


def look_at(bag, schemas, name):
    try:
        check(bagit.Bag(str(bag)).validate(), f"{name}: bagit finds it not valid")
    except bagit.BagError as error:
        check(False, f"{name}: bagit: {error}")
    for manifest in ("manifest-sha512.txt", "manifest-sha256.txt", "tagmanifest-sha512.txt", "tagmanifest-sha256.txt"):
        program = manifest.split("-")[1].removesuffix(".txt") + "sum"
        done = subprocess.run([program, "--check", "--strict", "--quiet", manifest], cwd=bag, capture_output=True, text=True)
        check(done.returncode == 0, f"{name}: {program}: {done.stdout[:300]}{done.stderr[:300]}")
    for path in sorted((bag / "data/metadata").rglob("*.xml")):
        tree = etree.parse(str(path))
        known = schemas.get(path.name)
        check(known is None or known.validate(tree), f"{name}: {path.name}: {known.error_log if known else ''}")
    mets = bag / "data/metadata/mets.xml"
    named = {(mets.parent / urllib.parse.unquote(element.get(XLINK))).resolve()
             for element in etree.parse(str(mets)).iter() if element.get(XLINK)}
    there = {path.resolve() for path in (bag / "data").rglob("*") if path.is_file()} - {mets.resolve()}
    check(named == there, f"{name}: METS names {len(named)} files of {len(there)}")
    check("sha512sum -c manifest-sha512.txt" in (bag / "README.txt").read_text(encoding="utf-8"), f"{name}: README.txt")


def run(command, *arguments, codes=(0,)):
    done = subprocess.run([command, *arguments], capture_output=True, text=True)
    check(done.returncode in codes, f"{arguments}: ends with {done.returncode}: {(done.stderr or done.stdout)[-300:]}")
    return done.stdout


def change_a_byte(bag, dice):
    files = sorted(path for path in bag.rglob("*") if path.is_file() and path.stat().st_size)
    path = dice.choice(files)
    data = bytearray(path.read_bytes())
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    path.write_bytes(data)
    return path.relative_to(bag).as_posix()


def unpack(path, folder):
    with (zipfile.ZipFile(path) if path.suffix == ".zip" else tarfile.open(path)) as archive:
        archive.extractall(folder)
    inside = list(folder.iterdir())
    check(len(inside) == 1, f"{path.name}: {len(inside)} entries at the top")
    return inside[0]


def main():
    command = str(pathlib.Path(sys.argv[1]).resolve())
    folders = [pathlib.Path(folder) for folder in sys.argv[2:4]]
    find = lambda name: next(path for folder in folders for path in sorted(folder.rglob(name)))
    schemas = {
        "mets.xml": schema(find("mets.xsd"), folders),
        "premis.xml": schema(find("premis.xsd"), folders),
        "dublin-core.xml": schema(CORE, folders),
    }
    sources = sorted(path for path in (ROOT / "fixtures").glob("*/*") if path.name != "SOURCES.md")
    dice = random.Random(7)
    deposits = 0
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        for number, source in enumerate(sources):
            name = f"{source.parent.name}/{source.name}"
            suffix = ("", ".zip", ".tar")[number % 3]
            deposit = place / f"deposit-{number}{suffix}"
            # A file that is locked or is no document of a kind that is read has no deposit of its own.
            done = subprocess.run([command, "archive", "-q", source, "-o", deposit, "--date", "2020-01-20"], capture_output=True, text=True)
            if done.returncode == 3:
                check(not deposit.exists(), f"{name}: half a deposit")
                continue
            check(done.returncode in (0, 1, 4), f"{name}: ends with {done.returncode}: {done.stderr[-300:]}")
            deposits += 1
            run(command, "verify", deposit)
            bag = unpack(deposit, place / f"unpacked-{number}") if suffix else deposit
            look_at(bag, schemas, name)
            changed = change_a_byte(bag, dice)
            answer = json.loads(run(command, "verify", bag, "--format", "json", codes=(1,)))[0]
            check(any(one.get("file") == changed for one in answer["findings"]), f"{name}: the change of {changed} is not found: {answer}")
            shutil.rmtree(bag)
        run(command, "archive", "-q", ROOT / "fixtures", "-o", place / "all", codes=(0, 1, 3, 4))
        run(command, "verify", place / "all")
        look_at(place / "all", schemas, "all fixtures")
        report = ROOT / "fixtures/reports/shuangpai-2019.txt"
        run(command, "archive", "-q", report, "-o", place / "one")
        run(command, "archive", "-q", report, "-o", place / "two", "--update", place / "one")
        run(command, "verify", place / "two", "--previous", place / "one")
        look_at(place / "two", schemas, "a second version")
    check(deposits > 50, f"only {deposits} deposits were made")
    print(f"{checks - len(faults)} passed, {len(faults)} failed")
    sys.exit(bool(faults))


main()
