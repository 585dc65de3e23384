#!/bin/sh
# Assembles the hand-written modules into prebuilt/ with wabt, which `npm ci` installs.
set -eu
cd "$(dirname "$0")"
for source in *.wat; do
    ../../node_modules/.bin/wat2wasm --debug-names "$source" -o "prebuilt/$(basename "$source" .wat).wasm"
done
