#!/usr/bin/env bash
# Looks for inputs on which a reader panics, hangs or takes too much memory: scripts/fuzz.sh [SECONDS [TARGET...]]
#
# Each target (see fuzz/targets) begins with the fixtures of its format, and with what was found before, and runs so many
# seconds, 60 where none are given. The `_part` targets change one part inside of a package, whose name stands on the first
# line of their inputs. What is found lands in fuzz/artifacts/TARGET: make it small with `cargo fuzz tmin`, mend the cause, and
# keep it in fixtures/hostile with a line in its SOURCES.md; the tests read every file there. Needs a C++ compiler, Python,
# and qpdf.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-60}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(xlsx xlsx_part docx docx_part pdf html json text)

command -v cargo-fuzz > /dev/null || cargo install --locked cargo-fuzz
# The sanitizer is an unstable option of the compiler, which a stable one takes when it is told so.
export RUSTC_BOOTSTRAP=1

# The parts of every package in a folder, each with its name on a line before it.
parts() {
    mkdir -p "$2"
    python3 - "$1" "$2" << 'END'
import pathlib, sys, zipfile
folder, target = map(pathlib.Path, sys.argv[1:])
for package in filter(zipfile.is_zipfile, sorted(folder.iterdir())):
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                seed = target / f"{package.name}-{name.replace('/', '-')}"
                seed.write_bytes(name.encode() + b"\n" + archive.read(name))
END
}

# The PDFs of a folder without compression, so that what is changed in them is not only a checksum.
plain() {
    mkdir -p "$2"
    for file in "$1"/*.pdf; do
        qpdf --qdf --object-streams=disable "$file" "$2/$(basename "$file")" 2> /dev/null || true
    done
}

status=0
for target in "${targets[@]}"; do
    format=${target%_part}
    corpus=fuzz/corpus/$target
    mkdir -p "$corpus"
    case $target in
        text) seeds=(fixtures/txt fixtures/md fixtures/csv fixtures/reports) ;;
        *_part)
            seeds=("fuzz/corpus/$format-parts")
            parts "fixtures/$format" "${seeds[0]}"
            ;;
        pdf)
            seeds=(fixtures/pdf fuzz/corpus/pdf-plain)
            plain fixtures/pdf "${seeds[1]}"
            ;;
        *) seeds=("fixtures/$format") ;;
    esac
    cargo fuzz run "$target" "$corpus" "${seeds[@]}" fixtures/hostile -- \
        -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=262144 || status=1
done
exit $status
