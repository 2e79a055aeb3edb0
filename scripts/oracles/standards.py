"""Validates the PDFs that Tabulary writes with veraPDF, the reference validator of PDF/A and PDF/UA.

Every fixture that is read is laid out under each standard. A document that cannot keep one must end in an error that
names what is in its way; every PDF that is written must be valid. Arguments: the built command, and the class path of
veraPDF with `Validate`.
"""
import concurrent.futures
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Our names of the standards, and those of veraPDF.
STANDARDS = {name: name.replace("-", "").removeprefix("a") for name in
             "a-1a a-1b a-2a a-2b a-2u a-3a a-3b a-3u a-4 a-4e a-4f".split()}
STANDARDS["ua-1"] = "ua1"
# Reasons for which a document may not keep a standard.
REASONS = ("no font has a glyph", "for private use", "no text in its place", "transparency", "missing codepoints")


def lay_out(command, source, standard, output):
    """Writes a PDF; what the command says where it does not."""
    done = subprocess.run([command, "convert", "-q", source, "-o", output, "--pdf-standard", standard],
                          capture_output=True, text=True)
    return done.stderr.strip() if done.returncode else None


def main():
    command, classes = str(pathlib.Path(sys.argv[1]).resolve()), sys.argv[2]
    folders = ("csv", "docx", "html", "json", "md", "reports", "txt", "xlsx")
    sources = [path for folder in folders for path in sorted((ROOT / "fixtures" / folder).iterdir())
               if path.suffix not in (".md", ".bin") or folder == "md"]
    sources = [path for path in sources if path.name != "SOURCES.md"]
    faults, refused, pdfs = [], 0, []
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = {}
        for source in sources:
            for standard, flavour in STANDARDS.items():
                output = pathlib.Path(folder) / f"{source.name}.{flavour}.pdf"
                jobs[pool.submit(lay_out, command, source, standard, output)] = (source, standard, flavour, output)
        for job, (source, standard, flavour, output) in jobs.items():
            error = job.result()
            if error is None:
                pdfs.append(f"{flavour}={output}")
            elif any(reason in error for reason in REASONS):
                refused += 1
            else:
                faults.append(f"{source.name} under {standard}: {error}")
        found = subprocess.run(["java", "-cp", classes, "Validate", *pdfs], capture_output=True, text=True)
        lines = found.stdout.splitlines()
        if len(lines) != len(pdfs):
            faults.append(f"veraPDF looked at {len(lines)} of {len(pdfs)} files: {found.stderr.strip()[-300:]}")
        faults += [line for line in lines if not line.startswith("ok\t")]
    for fault in faults:
        print("FAULT", fault)
    print(f"standards: {len(pdfs)} PDFs valid by veraPDF, {refused} refused with a reason, {len(faults)} failed"
          if not faults else f"standards: {len(faults)} failed")
    sys.exit(bool(faults))


main()
