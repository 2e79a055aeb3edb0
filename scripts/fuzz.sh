#!/usr/bin/env bash
# Looks for inputs on which a reader panics, hangs or takes too much memory: scripts/fuzz.sh [SECONDS [TARGET...]]
#
# Each target (see fuzz/targets) begins with the fixtures of its format and runs so many seconds, 60 where none are given.
# What is found lands in fuzz/artifacts/TARGET; make it small with `cargo fuzz tmin`, mend the cause, and keep it in
# fixtures/hostile with a line in its SOURCES.md: the tests read every file there. Needs a C++ compiler.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-60}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(xlsx docx pdf html json text)

command -v cargo-fuzz > /dev/null || cargo install --locked cargo-fuzz
# The sanitizer is an unstable option of the compiler, which a stable one takes when it is told so.
export RUSTC_BOOTSTRAP=1

status=0
for target in "${targets[@]}"; do
    case $target in
        text) seeds=(fixtures/txt fixtures/md fixtures/csv fixtures/reports) ;;
        *) seeds=("fixtures/$target") ;;
    esac
    corpus=fuzz/corpus/$target
    mkdir -p "$corpus"
    cargo fuzz run "$target" "$corpus" "${seeds[@]}" -- -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -max_len=262144 || status=1
done
exit $status
