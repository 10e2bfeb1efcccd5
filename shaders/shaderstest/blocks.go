package shaderstest

import (
	"fmt"

	"ace/shaders"
	"ace/shaders/cpu"
)

// blocks tries the fused kernels.
func blocks() []Trial {
	var all []Trial
	for _, s := range [][3]int{{1, 4, 1}, {1, 64, 64}, {3, 8, 7}, {10, 256, 300}, {17, 36, 65}, {6, 132, 12}} {
		for with := range 4 {
			all = append(all, project(s, with&1, with>>1))
		}
	}
	all = append(all, products(3, 8, 12, 2, 3, 1), products(7, 20, 20, 1, 1, 3))
	for _, s := range [][4]int{{1, 1, 4, 1}, {2, 2, 8, 3}, {5, 4, 32, 24}, {11, 3, 4, 5}, {24, 1, 12, 70}} {
		all = append(all, attend(s))
	}
	for _, s := range [][3]int{{1, 4, 4}, {3, 12, 20}, {10, 128, 512}, {11, 36, 68}} {
		rows, w, h := s[0], s[1], s[2]
		p := cpu.FeedForwardParams{Rows: uint32(rows), Width: uint32(w), Hidden: uint32(h), Eps: 1e-6}
		all = append(all, Trial{shaders.FeedForward, fmt.Sprint(s), cpu.Pack(p), []Bind{N(rows * w), N(w), W(h * w), W(w * h), N(p.Scratch()), N(rows * w)}})
	}
	for _, s := range [][6]int{{1, 1, 4, 1, 0, 0}, {3, 3, 4, 4, 1, 0}, {6, 3, 4, 5, 0, 2}, {4, 2, 8, 3, 1, 2}, {10, 8, 16, 24, 1, 3}, {11, 1, 36, 9, 1, 1}} {
		all = append(all, fusion(s))
	}
	return all
}

// project tries rows x in times out x in: of normalised rows with a bias, with a
// residual and without a negative part, in all combinations.
func project(s [3]int, norm, more int) Trial {
	rows, in, out := s[0], s[1], s[2]
	return Trial{shaders.Project, fmt.Sprint(s, norm, more), cpu.Pack(cpu.ProjectParams{
		Rows: uint32(rows), In: uint32(in), Out: uint32(out), ReLU: uint32(more), G: uint32(norm), Bias: uint32(norm), Res: uint32(more), Eps: 1e-6,
		Parts: 1, Layers: 1, Views: 1, From: uint32(2 * more), W: 8, WStride: 4,
	}), []Bind{N(rows * in), N(norm * in), W(8 + out*in), N(norm * out), N(more * rows * out), N((2*more + rows) * out)}}
}

// products tries several in one dispatch.
func products(rows, in, out, layers, views, parts int) Trial {
	stride := parts*in*out + 12
	return Trial{shaders.Project, fmt.Sprint("many", rows, in, out, layers, views, parts), cpu.Pack(cpu.ProjectParams{
		Rows: uint32(rows), In: uint32(in), Out: uint32(out), Bias: 1,
		Parts: uint32(parts), Layers: uint32(layers), Views: uint32(views), W: 4, WStride: uint32(stride),
	}), []Bind{N((views + parts - 1) * rows * in), {}, W(4 + layers*stride), N(out), {}, N(layers * views * rows * out)}}
}

// attend tries rows, heads, their width and a number of keys, with a row that
// sees none of them.
func attend(s [4]int) Trial {
	rows, heads, dh, keys := s[0], s[1], s[2], s[3]
	w, before := heads*dh, 3
	list := make([]uint32, keys)
	for i := range list {
		list[i] = uint32((7 * i) % (before + rows))
	}
	span := make([]uint32, 2*rows)
	for r := range rows {
		span[2*r], span[2*r+1] = uint32(r%keys), uint32(keys-r%keys)
	}
	span[2*(rows/2)+1] = 0
	p := cpu.AttendParams{Rows: uint32(rows), Heads: uint32(heads), Head: uint32(dh), From: uint32(before), Keys: uint32(keys)}
	return Trial{shaders.Attend, fmt.Sprint(s), cpu.Pack(p), []Bind{N((before + rows) * 3 * w), U(list...), U(span...), W(w * w), N(rows * w), N(p.Scratch()), N(rows * w)}}
}

// fusion tries rows, heads, their width, words, and the branches.
func fusion(s [6]int) Trial {
	rows, words, coarse, fine := s[0], s[3], s[4], s[5]
	d := s[1] * s[2]
	at := uint32(4)
	next := func(n int) uint32 {
		defer func() { at += uint32(n) + 4 }()
		return at
	}
	p := cpu.FusionParams{Rows: uint32(rows), Width: uint32(d), Heads: uint32(s[1]), Words: uint32(words), First: 2, Stride: uint32(words + 1), Coarse: uint32(coarse), Fine: uint32(fine), Eps: 1e-6,
		Norm: next(d), Query: next(d * d), Out: next(d * d)}
	if coarse > 0 {
		p.CoarseW, p.CoarseB = next(d*d), next(d)
	}
	if fine > 0 {
		p.FineState, p.FineCross, p.FineB = next(d*d), next(d*d), next(d)
	}
	return Trial{shaders.Fusion, fmt.Sprint(s), cpu.Pack(p), []Bind{N(rows * d), W(int(at)), N((2 + int(p.Views())*(words+1)) * 2 * d), N(p.Scratch()), N(rows * d)}}
}
