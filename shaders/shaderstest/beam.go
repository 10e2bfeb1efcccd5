package shaderstest

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"

	"ace/shaders"
	"ace/shaders/cpu"
)

// beams tries the kernels of the beam.
func beams() []Trial {
	var all []Trial
	for _, s := range []struct{ rows, codes, keep, items, bits int }{
		{1, 1, 1, 1, 0}, {1, 7, 3, 20, 0}, {1, 300, 20, 5000, 0}, {1, 64, 10, 3, 0},
		{1, 1, 1, 1, 8}, {3, 5, 5, 40, 8}, {20, 256, 20, 3000, 8}, {10, 64, 10, 31, 8}, {2, 3, 2, 900, 8},
		{4, 300, 33, 700, 16}, {2, cpu.MaxCodes, 64, 9000, 16},
	} {
		for _, with := range []string{"", "prior", "set", "prior set", "ties"} {
			all = append(all, expand(s.rows, s.codes, s.keep, s.items, s.bits, with))
		}
	}
	for _, s := range [][4]int{{1, 1, 1, 0}, {1, 20, 20, 0}, {20, 20, 20, 1}, {3, 2, 5, 3}, {7, 64, 64, 2}, {64, 64, 64, 4}, {5, 3, 15, 1}} {
		for _, alive := range []int{0, 1, 2} {
			all = append(all, choose(s[0], s[1], s[2], s[3], alive))
		}
	}
	return all
}

// expand tries rows beams over items that have codes in order, the beams' items
// following one another; one beam has none.
func expand(rows, codes, keep, items, width int, with string) Trial {
	rng := rand.New(rand.NewPCG(uint64(rows*codes), uint64(items+width)))
	states := make([]uint32, rows*cpu.BeamWords)
	var column []int
	for r := range rows {
		lo := r * items / rows
		hi := (r + 1) * items / rows
		if r == 1 {
			hi = lo
		}
		cpu.StoreBeam(states, r, cpu.Beam{Lo: uint32(lo), Hi: uint32(hi), LogProb: float32(rng.NormFloat64()) - 3})
		share := make([]int, (r+1)*items/rows-lo)
		for i := range share {
			share[i] = rng.IntN(codes)
		}
		slices.Sort(share)
		column = append(column, share...)
	}
	p := cpu.ExpandParams{Rows: uint32(rows), Codes: uint32(codes), Keep: uint32(keep), Bits: uint32(width), Path: 0.6}
	var trie []uint32
	if width == 0 {
		trie = make([]uint32, codes+1)
		for _, t := range column {
			trie[t+1]++
		}
		for t := range codes {
			trie[t+1] += trie[t]
		}
	} else {
		trie = make([]uint32, (items*width+31)/32)
		for i, t := range column {
			trie[i*width/32] |= uint32(t) << (i * width % 32)
		}
	}
	t := Trial{Kernel: shaders.Expand, Name: fmt.Sprint(rows, codes, keep, items, width, " ", with)}
	t.Bind = []Bind{{U: states, Beams: true}, U(trie...), {}, {}, N(rows * codes), N(p.Scratch()), {N: rows * keep * cpu.BeamWords, Beams: true}}
	switch with {
	case "prior set":
		t.Bind[2], p.Allowed = set(rng, items)
		fallthrough
	case "prior":
		t.Bind[3], p.Prior = prior(rng, items)
	case "set":
		t.Bind[2], p.Allowed = set(rng, items)
	case "ties":
		t.Bind[4].F = make([]float32, rows*codes) // all codes equally probable
	}
	t.Params = cpu.Pack(p)
	return t
}

// set draws one item in nine, in words of 32 bits with the number of items
// before each 64.
func set(rng *rand.Rand, items int) (Bind, uint32) {
	words := make([]uint32, (items/64+1)*2)
	ranks := make([]uint32, items/64+2)
	for i := range items {
		if rng.IntN(9) == 0 {
			words[i/32] |= 1 << (i % 32)
		}
	}
	for i := range len(words) / 2 {
		ranks[i+1] = ranks[i] + uint32(bits.OnesCount32(words[2*i])+bits.OnesCount32(words[2*i+1]))
	}
	return U(append(words, ranks...)...), uint32(len(words))
}

// prior draws a prior, with the maxima of 64 items each.
func prior(rng *rand.Rand, items int) (Bind, uint32) {
	at := (items + 63) / 64 * 64
	f := make([]float32, at+at/64)
	for i := range at / 64 {
		f[at+i] = cpu.Worst
	}
	for i := range items {
		f[i] = float32(rng.NormFloat64() * 5)
		f[at+i/64] = max(f[at+i/64], f[i])
	}
	return Bind{F: f}, uint32(at)
}

// choose tries rows lists of keep children of which, for alive 0, none exist,
// for 1 every third, or all.
func choose(rows, keep, next, level, alive int) Trial {
	rng := rand.New(rand.NewPCG(uint64(rows*keep), uint64(level+alive)))
	children := make([]uint32, rows*keep*cpu.BeamWords)
	for r := range rows {
		list := make([]cpu.Beam, keep)
		for i := range list {
			list[i] = cpu.Beam{Parent: uint32(r), Code: uint32(rng.IntN(99)), Rank: cpu.Worst}
			if at := uint32(r*keep + i); alive == 2 || alive == 1 && at%3 == 0 {
				// Ranks from few values, so that many are equal.
				list[i].Lo, list[i].Hi, list[i].Rank, list[i].LogProb = at, at+1, -float32(rng.IntN(1+rows*keep/3)), float32(rng.NormFloat64())
			}
		}
		slices.SortStableFunc(list, func(a, b cpu.Beam) int {
			switch {
			case a.Rank > b.Rank:
				return -1
			case a.Rank < b.Rank:
				return 1
			}
			return int(a.Lo) - int(b.Lo)
		})
		for i, b := range list {
			cpu.StoreBeam(children, r*keep+i, b)
		}
	}
	stride := (max(rows, next) + 7) &^ 7
	states := make([]uint32, (level+2)*stride*cpu.BeamWords)
	for i := range len(states) / cpu.BeamWords {
		cpu.StoreBeam(states, i, cpu.Beam{Parent: uint32(rng.IntN(rows)), Rank: float32(i)})
	}
	return Trial{shaders.Select, fmt.Sprint(rows, keep, next, level, alive),
		cpu.Pack(cpu.SelectParams{Rows: uint32(rows), Keep: uint32(keep), Next: uint32(next), Level: uint32(level), First: 17, Width: uint32(stride), Stride: uint32(stride)}),
		[]Bind{{U: children, Beams: true}, {U: states, Beams: true}, N(next), N(next * (level + 2))}}
}
