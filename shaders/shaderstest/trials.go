package shaderstest

import (
	"fmt"

	"ace/shaders"
	"ace/shaders/cpu"
)

// Trials lists the trials of all kernels of a query.
func Trials() []Trial {
	var all []Trial
	for _, s := range [][3]int{{1, 1, 1}, {1, 64, 64}, {3, 5, 7}, {10, 128, 256}, {17, 33, 65}, {2, 257, 1}} {
		all = append(all, linear(s)...)
		all = append(all, rows(s)...)
	}
	for _, s := range [][3]int{{1, 1, 1}, {2, 3, 8}, {4, 32, 70}} {
		all = append(all, attention(s))
	}
	all = append(all, blocks()...)
	return append(all, beams()...)
}

// linear tries rows x in times out x in, with and without its optional parts.
func linear(s [3]int) (all []Trial) {
	rows, in, out := s[0], s[1], s[2]
	for _, relu := range []uint32{0, 1} {
		for _, with := range []int{0, 1} {
			all = append(all, Trial{shaders.Linear, fmt.Sprint(s, relu, with),
				cpu.Pack(cpu.LinearParams{Rows: uint32(rows), In: uint32(in), Out: uint32(out), ReLU: relu, Bias: uint32(with), Res: uint32(with)}),
				[]Bind{N(rows * in), N(out * in), N(with * out), N(with * rows * out), N(rows * out)}})
		}
	}
	return all
}

// rows tries what goes row by row.
func rows(s [3]int) []Trial {
	rows, w := s[0], s[1]
	n := rows * w
	return []Trial{
		{shaders.Norm, fmt.Sprint(s), cpu.Pack(cpu.NormParams{Rows: uint32(rows), Width: uint32(w), Eps: 1e-6}), []Bind{N(n), N(w), N(n)}},
		{shaders.LogSoftmax, fmt.Sprint(s), cpu.Pack(cpu.LogSoftmaxParams{Rows: uint32(rows), Width: uint32(w)}), []Bind{N(n), N(n)}},
		{shaders.Gate, fmt.Sprint(s), cpu.Pack(cpu.GateParams{N: uint32(n), Scale: 0.7, Res: 1}), []Bind{N(n), N(n), N(n), N(n)}},
		{shaders.Gate, fmt.Sprint(s, "alone"), cpu.Pack(cpu.GateParams{N: uint32(n), Scale: 1}), []Bind{N(n), N(n), {}, N(n)}},
		{shaders.Embed, fmt.Sprint(s), cpu.Pack(cpu.EmbedParams{Rows: 3, Width: uint32(w)}),
			[]Bind{U(0, 8, 3, 3, 7), U(0, 2, 2, 5), U(3, 0, 1), N(9 * w), N(4 * w), N(3 * w)}},
	}
}

// attention tries heads, their width and a number of keys, with a row that sees
// none of them.
func attention(s [3]int) Trial {
	heads, dh, keys := s[0], s[1], s[2]
	w := heads * dh
	list := make([]uint32, keys)
	for i := range list {
		list[i] = uint32(keys - 1 - i)
	}
	return Trial{shaders.Attention, fmt.Sprint(s),
		cpu.Pack(cpu.AttentionParams{Rows: 3, Heads: uint32(heads), Head: uint32(dh), QStride: uint32(2 * w), QOff: uint32(w), KVStride: uint32(2*w + 1), KOff: 1, VOff: uint32(w)}),
		[]Bind{N(6 * w), N(keys*(2*w+1) + w), U(list...), U(0, uint32(keys), 0, 0, uint32(keys-1), 1), N(3 * w)}}
}
