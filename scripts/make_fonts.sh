#!/bin/sh
# Make the default fonts of the typeset crate from the fonts of Debian 12.
#
#   scripts/make_fonts.sh            writes crates/typeset/fonts
#   scripts/make_fonts.sh FOLDER     writes FOLDER instead, for a comparison
#
# It needs a Debian system, python3 with venv, and pip. Missing font packages
# are installed with apt-get, which needs root. The same package versions give
# the same bytes.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$here/../crates/typeset/fonts}

# Package and the version the fonts in the repository were made from.
packages='fonts-noto-cjk=1:20220127+repack1-1
fonts-lxgw-wenkai=1.250+repack-1
fonts-noto-mono=20201225-1
fonts-stix=1.1.1-4.1
fonts-noto-core=20201225-1'

version_of() {
    dpkg-query -W -f '${db:Status-Status} ${Version}' "$1" 2>/dev/null |
        sed -n 's/^installed //p'
}

missing=
for entry in $packages; do
    name=${entry%%=*}
    [ -n "$(version_of "$name")" ] || missing="$missing $name"
done
if [ -n "$missing" ]; then
    root=
    [ "$(id -u)" = 0 ] || root=sudo
    $root apt-get update
    # shellcheck disable=SC2086
    $root apt-get install -y --no-install-recommends $missing
fi
for entry in $packages; do
    name=${entry%%=*}
    wanted=${entry#*=}
    found=$(version_of "$name")
    if [ "$found" != "$wanted" ]; then
        echo "warning: $name is $found, not $wanted: the bytes will differ" >&2
    fi
done

temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT INT TERM

# The hash is that of the wheel in pure Python, the same on every machine.
cat >"$temporary/requirements.txt" <<'END'
fonttools==4.68.0 --hash=sha256:d76f8fdcb6936f5e1045a0c9dd721a4bf11112e60d1e243bfa1d39f06a8b3104
END
python3 -m venv "$temporary/venv"
"$temporary/venv/bin/pip" install --quiet --no-deps --only-binary :all: \
    --require-hashes -r "$temporary/requirements.txt"

PYTHONHASHSEED=0 PYTHONDONTWRITEBYTECODE=1 \
    "$temporary/venv/bin/python" "$here/make_fonts.py" "$folder"
