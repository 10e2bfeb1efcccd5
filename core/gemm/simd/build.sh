#!/bin/sh
# Builds kernels.wasm of kernels.c. The file is kept beside its source, so that
# nobody else needs clang; other versions of it than this one give other bytes, so
# with them, or without any, the file stays as it is: `build.sh any` takes any.
set -eu
version=14
cd "$(dirname "$0")"
have=$(clang --version 2>/dev/null | sed -n 's/.*clang version \([0-9]*\).*/\1/p')
if ! command -v wasm-ld >/dev/null || [ -z "$have" ]; then
	echo "core/gemm/simd/kernels.wasm is not rebuilt: clang and wasm-ld (Debian: clang lld) are not here" >&2
	exit
elif [ "$have" != $version ] && [ "${1-}" != any ]; then
	echo "core/gemm/simd/kernels.wasm is not rebuilt: it is made with clang $version, here is $have" >&2
	exit
fi
object=$(mktemp)
trap 'rm -f "$object"' EXIT
# In two steps: clang's own link step would run any wasm-opt on PATH.
clang --target=wasm32 -O2 -nostdlib -fno-builtin -msimd128 -Wall -Werror -c -o "$object" kernels.c
wasm-ld --no-entry --import-memory --strip-all -z stack-size=0 -o kernels.wasm "$object"
chmod 644 kernels.wasm
