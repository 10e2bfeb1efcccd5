//go:build avo

// Command asm writes the amd64 kernels of core/gemm. It is not part of any
// build: `go generate ./core/gemm` runs it after a change, and what it writes is
// kept beside the Go code.
//
// Every kernel exists for two instruction sets. Strides are in bytes, counts in
// float32 elements; the Go side has checked every size.
package main

import (
	"fmt"
	"os"

	. "github.com/mmcloughlin/avo/build"
)

func main() {
	text, err := choose(avx2, avx512)
	if err == nil {
		err = os.WriteFile("choose_amd64.go", text, 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	ConstraintExpr("amd64")
	for _, s := range []isa{avx2, avx512} {
		for _, vectors := range vectorCounts {
			for rows := 1; rows <= s.TileRows[vectors]; rows++ {
				tile(s, rows, vectors, operands{})
			}
		}
		tile(s, s.MainRows, s.MainVecs, operands{kind: "Rows", csa: 4, rsb: 4 * s.Panel()})
		tile(s, s.MainRows, s.MainVecs, operands{kind: "Strip", csa: 4 * s.Strip(), rsb: 4 * s.Panel()})
		for rows := 1; rows <= s.DotRows; rows++ {
			dots(s, rows)
			dots8(s, rows)
		}
		copyRows(s, s.MainVecs)
		copyRows(s, s.StripVecs)
		dot(s)
		axpy(s)
		expSum(s)
		peak(s)
	}
	transpose256()
	transpose512()
	Generate()
}
