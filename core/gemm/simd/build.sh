#!/bin/sh
# Builds two modules of kernels.c: kernels.wasm for every engine with SIMD, and
# relaxed.wasm for those with relaxed SIMD, which clang 14 does not know yet. The files
# are kept beside their source, so that nobody else needs clang; other versions of it
# give other bytes, so with them, or without any, a file stays as it is:
# `build.sh any` takes any. Debian: clang lld, and clang-19 lld-19.
set -eu
cd "$(dirname "$0")"
object=$(mktemp)
trap 'rm -f "$object"' EXIT
any=${1-}

# build FILE VERSION FLAG...
build() {
	file=$1 version=$2
	shift 2
	clang=clang-$version link=wasm-ld-$version
	command -v "$clang" >/dev/null && command -v "$link" >/dev/null || clang=clang link=wasm-ld
	have=$($clang --version 2>/dev/null | sed -n 's/.*clang version \([0-9]*\).*/\1/p')
	if ! command -v $link >/dev/null || [ -z "$have" ]; then
		echo "core/gemm/simd/$file is not rebuilt: clang and wasm-ld $version are not here" >&2
		return
	elif [ "$have" != "$version" ] && [ "$any" != any ]; then
		echo "core/gemm/simd/$file is not rebuilt: it is made with clang $version, here is $have" >&2
		return
	fi
	# In two steps: clang's own link step would run any wasm-opt on PATH.
	$clang --target=wasm32 -O2 -nostdlib -fno-builtin -msimd128 "$@" -Wall -Werror -c -o "$object" kernels.c
	$link --no-entry --import-memory --strip-all -z stack-size=0 -o "$file" "$object"
	chmod 644 "$file"
}

build kernels.wasm 14
build relaxed.wasm 19 -mrelaxed-simd
