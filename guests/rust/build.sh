#!/bin/sh
# Builds the guests and puts the modules into prebuilt/.
#
#   ./build.sh            all programs and the test suite
#   ./build.sh NAME...    only these programs
#
# Debian packages: rustc and cargo (1.63), libstd-rust-dev-wasm32, lld-14.
# Dependencies come from Cargo.lock; its versions are the newest that Rust 1.63
# understands. That cargo cannot read today's registry index, so a newer one on
# the PATH (VENDOR_CARGO) copies the sources to target/vendor first.
#
# Environment, each with a default:
#   RUSTC CARGO    the compiler and the cargo that fits it
#   LINKER         a wasm-ld
#   TARGET         wasm32-wasi; newer compilers call it wasm32-wasip1
#   PROFILE        release, or another one of Cargo.toml
#   OUT            where the modules go: prebuilt
#   CRATE          another crate than this one
#   EXTRA_RUSTFLAGS, EXTRA_CARGOFLAGS   e.g. -Ctarget-feature=+simd128
set -eu
cd "${CRATE:-$(dirname "$0")}"

debian() { if [ -x "/usr/bin/$1" ]; then echo "/usr/bin/$1"; else command -v "$1"; fi; }
export RUSTC="${RUSTC:-$(debian rustc)}"
CARGO="${CARGO:-$(debian cargo)}"
LINKER="${LINKER:-$(command -v wasm-ld-14 || command -v wasm-ld || command -v rust-lld)}"
TARGET="${TARGET:-wasm32-wasi}"
PROFILE="${PROFILE:-release}"
OUT="${OUT:-prebuilt}"

[ -d target/vendor ] || "${VENDOR_CARGO:-cargo}" vendor --locked --quiet target/vendor

# v0 mangling keeps generics in symbol names, which the process view shows.
# strip=debuginfo drops DWARF, four fifths of a module, and keeps the name section.
# The remaps keep panic locations free of the builder's directories.
RUSTFLAGS="-Csymbol-mangling-version=v0 -Cdebuginfo=0 -Cstrip=debuginfo -Clinker=$LINKER"
RUSTFLAGS="$RUSTFLAGS --remap-path-prefix=$PWD=. --remap-path-prefix=$PWD/target/vendor=vendor"
export RUSTFLAGS="$RUSTFLAGS ${EXTRA_RUSTFLAGS:-}"

build() {
    # shellcheck disable=SC2086 # EXTRA_CARGOFLAGS is a list
    "$CARGO" "$@" --frozen --target "$TARGET" --profile "$PROFILE" \
        --config 'source.crates-io.replace-with="vendored"' \
        --config 'source.vendored.directory="target/vendor"' ${EXTRA_CARGOFLAGS:-}
}

directory="$PROFILE"
[ "$directory" = dev ] && directory=debug
mkdir -p "$OUT"

if [ $# -gt 0 ]; then
    for name in "$@"; do
        build build --bin "$name"
        install -m 644 "target/$TARGET/$directory/$name.wasm" "$OUT/"
    done
    exit
fi

build build --bins
for source in src/bin/*.rs load/*.rs; do
    [ -e "$source" ] || continue
    install -m 644 "target/$TARGET/$directory/$(basename "$source" .rs).wasm" "$OUT/"
done

# Cargo gives test binaries a hash in their names; its messages say which.
mkdir -p "$OUT/tests"
for test in tests/*.rs; do
    name="$(basename "$test" .rs)"
    module="$(build test --no-run --test "$name" --message-format=json-render-diagnostics |
        sed -n 's|.*"executable":"\([^"]*/deps/[^"]*\)".*|\1|p')"
    install -m 644 "$module" "$OUT/tests/$name.wasm"
done
