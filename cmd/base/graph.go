package main

import (
	"cmp"
	"math"
	"slices"

	"ace/core/sense"

	"gonum.org/v1/gonum/mat"
)

// graph is which words belong together: edges between rows, each way.
type graph struct{ edges []edge }

type edge struct {
	from, to int
	weight   float64
}

func (g *graph) link(a, b int, weight float64) {
	if a != b {
		g.edges = append(g.edges, edge{a, b, weight}, edge{b, a, weight})
	}
}

// mobyGraph links each headword with its synonyms, less where it has many.
func mobyGraph(entries []entry, t *sense.Table) *graph {
	g := &graph{}
	for _, e := range entries {
		head, ok := t.Find(e.head)
		if !ok {
			continue
		}
		for _, to := range find(e.synonyms, t) {
			g.link(head, to, 1/math.Sqrt(float64(len(e.synonyms))))
		}
	}
	return g
}

// Weights of WordNet's links.
const (
	common  = 150 // most frequent words, which glosses are read without
	synonym = 1.0
	pointed = 0.5 // of all the pointers of a synset, over the root of their number
	glossed = 0.5 // of all the words of a gloss
)

// wordNetGraph links the lemmas of a synset with each other, with those of the
// synsets that it points to and with the words of its gloss.
func wordNetGraph(sets []synset, t *sense.Table) *graph {
	g := &graph{}
	lemmas := make(map[string][]int, len(sets))
	for _, s := range sets {
		lemmas[s.key] = find(s.lemmas, t)
	}
	for _, s := range sets {
		own := lemmas[s.key]
		about := slices.DeleteFunc(find(s.about, t), func(row int) bool { return row < common })
		for i, a := range own {
			for _, b := range own[:i] {
				g.link(a, b, synonym)
			}
			for _, b := range about {
				g.link(a, b, glossed/float64(len(about)))
			}
			for _, p := range s.pointers {
				for _, b := range lemmas[p] {
					g.link(a, b, pointed/math.Sqrt(float64(len(s.pointers))))
				}
			}
		}
	}
	return g
}

// find gives the rows of words, those that there are.
func find(words []string, t *sense.Table) []int {
	var rows []int
	for _, w := range words {
		if row, ok := t.Find(w); ok {
			rows = append(rows, row)
		}
	}
	return rows
}

// without is the graph less the links between the words of these pairs.
func (g *graph) without(held map[pair]bool) *graph {
	out := &graph{}
	for _, e := range g.edges {
		if !held[ordered(e.from, e.to)] {
			out.edges = append(out.edges, e)
		}
	}
	return out
}

// neighbourhood is the links of a word, each to another, and how far they are
// believed, from 0 to 1.
type neighbourhood struct {
	edges []edge
	trust float64
}

// doubt is the weight of links that are half believed: what one gloss or one
// long list says of a word is little.
const doubt = 2

// neighbours gives each word its neighbourhood. Repeated links add up; a link
// to a word of many links counts less.
func (g *graph) neighbours(words int) []neighbourhood {
	slices.SortStableFunc(g.edges, func(a, b edge) int { return cmp.Or(a.from-b.from, a.to-b.to) })
	out, degree := make([]neighbourhood, words), make([]float64, words)
	for _, e := range g.edges {
		row := out[e.from].edges
		if n := len(row); n > 0 && row[n-1].to == e.to {
			row[n-1].weight += e.weight
		} else {
			out[e.from].edges = append(row, e)
		}
		degree[e.from] += e.weight
	}
	for r := range out {
		out[r].trust = degree[r] / (degree[r] + doubt)
		for i, e := range out[r].edges {
			out[r].edges[i].weight /= math.Sqrt(degree[e.to])
		}
	}
	return out
}

// retrofit adds to each unit row of x the direction of its neighbours' mean in
// each of the graphs, times that graph's strength and how far it is believed:
// one step of retrofitting (arXiv 1411.4166), in which a word's neighbours count
// together, not by their number.
func retrofit(x *mat.Dense, graphs [][]neighbourhood, strength []float64) *mat.Dense {
	n, d := x.Dims()
	out, mean := mat.DenseCopyOf(x), make([]float64, d)
	for r := range n {
		for k, graph := range graphs {
			clear(mean)
			for _, e := range graph[r].edges {
				add(mean, e.weight, x.RawRowView(e.to))
			}
			if length := math.Sqrt(dot(mean, mean)); length > 0 {
				add(out.RawRowView(r), strength[k]*graph[r].trust/length, mean)
			}
		}
	}
	unit(out)
	return out
}
