#!/bin/sh
# Builds some programs again in ways that change the code a compiler emits, into
# prebuilt/variants/NAME.VARIANT.wasm. They behave as the plain ones do.
#
# Needs what build.sh needs, and for `rust-new` a rustup toolchain with the
# target wasm32-wasip1: other panic texts, other data layout, bulk memory.
set -eu
cd "$(dirname "$0")"

variant() { # suffix, programs...
    suffix="$1"; shift
    OUT=target/variants ./build.sh "$@"
    mkdir -p prebuilt/variants
    for name in "$@"; do mv "target/variants/$name.wasm" "prebuilt/variants/$name.$suffix.wasm"; done
}

(
    export EXTRA_CARGOFLAGS='--config profile.release.opt-level="z"'
    variant opt-z supervisor
)
(
    export EXTRA_RUSTFLAGS='-Cdebug-assertions=on -Coverflow-checks=on'
    variant assertions supervisor
)
(
    export EXTRA_RUSTFLAGS=-Ctarget-feature=+simd128
    export EXTRA_CARGOFLAGS='--config profile.release.opt-level=3'
    variant simd matrix
)
(
    RUSTC="$(rustup which rustc)"
    CARGO="$(rustup which cargo)"
    export RUSTC CARGO LINKER=rust-lld TARGET=wasm32-wasip1
    variant rust-new supervisor catch_panic deep_panic
)
