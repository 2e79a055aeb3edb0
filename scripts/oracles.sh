#!/usr/bin/env bash
# Opens what Tabulary writes in programs that did not write it: LibreOffice, openpyxl, python-docx, openxml-audit, lxml, qpdf,
# pdftotext.
# Installs them on Debian (as root) and in a Python environment of its own. Exit code 1 if any of them finds a fault.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
for pair in soffice:libreoffice-calc soffice:libreoffice-writer pdftotext:poppler-utils qpdf:qpdf; do
    command -v "${pair%%:*}" > /dev/null || missing+=("${pair#*:}")
done
python3 -c 'import ensurepip, venv' 2> /dev/null || missing+=(python3-venv)
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

# The whole workspace, so that what the tests built is used.
cargo build --quiet --workspace
target=${CARGO_TARGET_DIR:-target}
"$environment/bin/python" scripts/oracles/check.py "$target/debug/tabulary"
"$environment/bin/python" scripts/oracles/forms.py "$target/debug/tabulary"
