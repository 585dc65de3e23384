#!/bin/sh
# Builds the tests of lunatic's `sqlite` feature and puts the module into prebuilt/tests. As ../rust/build.sh,
# whose environment variables and toolchain these are.
#
# The crate behind that feature, lunatic-sqlite-api, is also the native host's: there it depends on wasmtime and some
# hundred others, which a guest does not use but a lock file names, and which Rust 1.63's cargo cannot read. So it is
# built from its published sources with the manifest of its guest half.
set -eu
cd "$(dirname "$0")"

api=target/lunatic-sqlite-api
if [ ! -d "$api" ]; then
    mkdir -p target/api/src
    : > target/api/src/lib.rs
    printf '[package]\nname = "api"\nversion = "0.0.0"\n[dependencies]\nlunatic-sqlite-api = "=0.13.3"\n[workspace]\n' \
        > target/api/Cargo.toml
    "${VENDOR_CARGO:-cargo}" vendor --quiet --manifest-path target/api/Cargo.toml target/api/vendor
    cp -R target/api/vendor/lunatic-sqlite-api "$api"
    rm "$api/.cargo-checksum.json"
    sed '/^\[target\./,$d' target/api/vendor/lunatic-sqlite-api/Cargo.toml > "$api/Cargo.toml"
fi

CRATE="$PWD" OUT="$PWD/prebuilt" exec ../rust/build.sh "$@"
