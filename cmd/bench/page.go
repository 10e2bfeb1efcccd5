package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// writePage makes docs/bench.md of docs/results/bench.json.
func writePage(docs string) error {
	data, err := os.ReadFile(filepath.Join(docs, "results", "bench.json"))
	if err != nil {
		return err
	}
	var m measured
	if err := json.Unmarshal(data, &m); err != nil {
		return fmt.Errorf("bench.json: %w", err)
	}
	return os.WriteFile(filepath.Join(docs, "bench.md"), m.page(), 0o644)
}

// writer writes Markdown.
type writer struct{ bytes.Buffer }

func (w *writer) say(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// table writes rows, of which all columns but the first are numbers.
func (w *writer) table(head []string, rows [][]string) {
	w.say("| %s |", strings.Join(head, " | "))
	w.say("|---|%s", strings.Repeat("--:|", len(head)-1))
	for _, r := range rows {
		w.say("| %s |", strings.Join(r, " | "))
	}
}

const introduction = `# Speed

Written by ` + "`make bench-browser`" + ` from [results/bench.json](results/bench.json). All of it is measured in a browser, with networks of random
weights and random identifiers (` + "`cmd/bench`" + `): 3+3 layers of width 256, 8 heads, feed-forward 1024, both fusion branches, 5 codes an identifier, questions of
24 words, 10 beams. *ace* is the worker that the page uses, with the messages that the page sends. *onnxruntime-web* runs an encoder and
a decoder of that shape in a worker of the same page: *plain* looks at the query through the last encoder layer alone, as T5 does, and is thus the smaller
network; *fused* has our two branches. It is given what helps it: word pieces instead of words, graphs that need few operators, a cache that is reordered
inside the model and stays on the GPU; its beams are chosen in JavaScript along our trie.

Every question goes to one worker after the other, so what else the machine does hits all of them. Times are from the question's leaving
the page to the answer's arrival, in milliseconds. A ratio is the median over the rounds of our time over the other's: below 1, ours is the quicker.`

func (m *measured) page() []byte {
	w := &writer{}
	w.say("%s\n", introduction)
	var machines []string
	for _, p := range []*machine{m.CPU.on(), m.WebGPU.on(), m.Growth.on(), m.Grown.on(), m.Memory.on(), m.Start.on()} {
		if p != nil && !slices.Contains(machines, p.String()) {
			machines = append(machines, p.String())
		}
	}
	w.say("Measured on %s.", strings.Join(machines, "; "))
	m.processor(w)
	m.graphics(w)
	m.more(w)
	m.room(w)
	m.weight(w)
	m.began(w)
	return w.Bytes()
}

// section begins one and reports whether it was measured.
func section(w *writer, title string, measured bool) bool {
	w.say("\n## %s\n", title)
	if !measured {
		w.say("Not measured.")
	}
	return measured
}

func (m *measured) processor(w *writer) {
	if !section(w, "On the processor, one thread", m.CPU != nil) {
		return
	}
	own, head := m.CPU.own(), []string{"", "p50", "p95", "encode", "steps"}
	for _, o := range own {
		head = append(head, o.Name+" / it")
	}
	var rows [][]string
	for _, r := range m.CPU.Rows {
		row := []string{r.Name, ms(r.MS.P50), ms(r.MS.P95), r.Stages.encode(), r.Stages.steps()}
		for _, o := range own {
			row = append(row, ratio(o.Ratios[r.Name]))
		}
		rows = append(rows, row)
	}
	w.table(head, rows)
	if c, err := standard.config(standard.pieces, baseDim); err == nil {
		n := float64(read(c)) / 1e6
		w.say("\nOurs reads the words in *encode*, and has its hits by the end of the last step; it adds what they are called. An answer of ours goes over %.1f million weights at most, the decoder's at each step: %.0f MB in f32, %.0f MB in halves, %.0f MB in bytes. Codes that are the only ones left take no step of their own.", n, 4*n, 2*n, n)
	}
	w.say("The models' files: %s.", strings.Join(m.CPU.models(), ", "))
}

func (m *measured) graphics(w *writer) {
	if !section(w, "On WebGPU", m.WebGPU != nil) {
		return
	}
	own, head := m.WebGPU.own(), []string{"", "answered by", "p50", "p95", "waiting", "dispatches", "submits", "maps", "bind groups"}
	for _, o := range own {
		head = append(head, o.Name+" / it")
	}
	var rows [][]string
	for _, r := range m.WebGPU.Rows {
		row := []string{r.Name, r.Device, ms(r.MS.P50), ms(r.MS.P95), ms(r.Waited), r.Counts["dispatch"].String(), r.Counts["submit"].String(), r.Counts["mapAsync"].String(), r.Counts["createBindGroup"].String()}
		for _, o := range own {
			row = append(row, ratio(o.Ratios[r.Name]))
		}
		rows = append(rows, row)
	}
	w.table(head, rows)
	w.say("\nWaiting is for buffers that are read back, and so for all that was submitted before. Counts are of calls for one answer, least to most. Where the machine has no card the adapter is SwiftShader, which computes on the processor.")
}

func (m *measured) more(w *writer) {
	sites := rows(m.Growth, m.Grown)
	if !section(w, "More items", len(sites) > 0) {
		return
	}
	var table [][]string
	for _, r := range sites {
		first, grown := "", ""
		if r.First != nil {
			first = ms(r.First.P50)
		}
		for _, v := range r.Ratios { // to one other
			grown = ratio(v)
		}
		table = append(table, []string{r.Name, r.Device + ", " + r.Mode, ms(r.MS.P50), ms(r.MS.P95), grown, first})
	}
	w.table([]string{"site", "answered by", "p50", "p95", "to the first site", "p50 of new questions"}, table)
	w.say("\nThe name ends with the number of items. A pure search writes identifiers and no more; the site whose name ends with *hybrid* has words and vectors of " +
		"its items, which a search weighs item by item. A new question also fetches what its hits are called.")
}

func (m *measured) room(w *writer) {
	if !section(w, "Memory", m.Memory != nil) {
		return
	}
	var rows [][]string
	for _, r := range m.Memory.Rows {
		rows = append(rows, []string{r.Name, r.Device, mega(r.Memory), mega(r.Grown["renderer"]), mega(max(r.Grown["gpu-process"], 0))})
	}
	w.table([]string{"", "answered by", "WebAssembly MB", "tab MB", "GPU process MB"}, rows)
	w.say("\nThe first is the worker's linear memory; the others are by how much the browser's processes grew, compiled code included.")
}

func (m *measured) weight(w *writer) {
	if !section(w, "Size", m.Size != nil) {
		return
	}
	var groups []string
	for _, r := range m.Size.Rows {
		for _, g := range slices.Sorted(maps.Keys(r.Files)) {
			if !slices.Contains(groups, g) {
				groups = append(groups, g)
			}
		}
	}
	var rows [][]string
	for _, r := range m.Size.Rows {
		row := []string{r.Name}
		for _, g := range groups {
			row = append(row, kilo(r.Files[g]))
		}
		rows = append(rows, append(row, fmt.Sprintf("%.3f", r.Trie)))
	}
	for i := range groups {
		groups[i] += " kB"
	}
	w.table(append(append([]string{"site"}, groups...), "trie, bytes an item"), rows)
	w.say("\nOf the bundle as it is stored. The page itself is %s kB, %s kB with brotli.", kilo(m.Size.Page.Bytes), kilo(m.Size.Page.Brotli))
}

func (m *measured) began(w *writer) {
	if !section(w, "Start", m.Start != nil) {
		return
	}
	var rows [][]string
	for _, r := range m.Start.Rows {
		adapter := "no adapter"
		if r.Adapter {
			adapter = "WebGPU"
		}
		rows = append(rows, []string{r.Name + " visit, " + adapter, ms(r.Answer.P50), ms(r.Answer.Min)})
	}
	w.table([]string{"", "first answer", "least"}, rows)
	w.say("\nMilliseconds from navigation, on the loopback from `ace serve`, with 2,000 items: a profile's first visit, and its second after the browser was closed. The question is typed as soon as there is a box.")
}
