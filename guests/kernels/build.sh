#!/usr/bin/env bash
# Rebuilds prebuilt/*.wasm, one module per kernel with the single export `run(n) -> checksum`.
# Needs Debian's clang-14, lld-14, wasi-libc, libclang-rt-14-dev-wasm32, rustc (1.63) and libstd-rust-dev-wasm32.
# CLANG, RUSTC and WASI_SYSROOT choose other ones; the prebuilt bytes come from Debian 12's.
set -euo pipefail
cd "$(dirname "$0")"
clang=${CLANG:-clang-14}
rustc=${RUSTC:-/usr/bin/rustc}
sysroot=${WASI_SYSROOT:-/usr} # Debian keeps the headers in include/wasm32-wasi, the libraries in lib/wasm32-wasi

mkdir -p prebuilt
for source in c/*.c; do
  "$clang" --target=wasm32-wasi --sysroot="$sysroot" -isystem "$sysroot/include/wasm32-wasi" -L"$sysroot/lib/wasm32-wasi" -mexec-model=reactor -O2 -Wall -Werror \
    -Wl,--strip-debug -Wl,-z,stack-size=65536 "$source" -o "prebuilt/$(basename "$source" .c).wasm"
done
for source in rust/*.rs; do
  "$rustc" --edition 2021 --target wasm32-unknown-unknown --crate-type cdylib -C opt-level=3 -C panic=abort \
    -C codegen-units=1 -C linker=wasm-ld-14 -C strip=debuginfo -C link-arg=-zstack-size=65536 \
    --remap-path-prefix "$PWD=kernels" "$source" -o "prebuilt/$(basename "$source" .rs).wasm"
done
ls -l prebuilt
