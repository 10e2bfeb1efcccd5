package main

import (
	"fmt"
	"math"
	"strings"
)

// measured is bench.json, as ui/bench writes it; parts that were not measured
// are nil.
type measured struct {
	CPU    *part  `json:"cpu"`
	WebGPU *part  `json:"webgpu"`
	Growth *part  `json:"growth"`
	Grown  *part  `json:"growth-webgpu"`
	Memory *part  `json:"memory"`
	Size   *sizes `json:"size"`
	Start  *begun `json:"start"`
}

type machine struct {
	CPU      string  `json:"cpu"`
	Cores    int     `json:"cores"`
	System   string  `json:"system"`
	Chromium string  `json:"chromium"`
	ONNX     string  `json:"onnxruntime"`
	Load     float64 `json:"load"` // how many others were at work when the part began
}

func (m *machine) String() string {
	return fmt.Sprintf("%s, %d cores, %s, Chromium %s, onnxruntime-web %s", m.CPU, m.Cores, m.System, m.Chromium, m.ONNX)
}

// part is workers that answered in turn.
type part struct {
	Machine machine                `json:"machine"`
	Weights map[string]modelWeight `json:"weights"`
	Rows    []row                  `json:"rows"`
}

type modelWeight struct {
	Parameters int `json:"parameters"`
	Bytes      int `json:"bytes"`
}

// row is one worker. Times are in milliseconds, memory in bytes.
type row struct {
	Name   string             `json:"name"`
	Device string             `json:"device"`
	Mode   string             `json:"mode"`
	MS     spread             `json:"ms"`
	First  *spread            `json:"first"`
	Stages stages             `json:"stages"`
	Counts map[string]calls   `json:"counts"`
	Waited float64            `json:"waited"` // for buffers to be read
	Ratios map[string]float64 `json:"ratios"`
	Memory float64            `json:"memory"`
	Grown  map[string]float64 `json:"grown"`
}

type spread struct {
	N   int     `json:"n"`
	P50 float64 `json:"p50"`
	P95 float64 `json:"p95"`
	Min float64 `json:"min"`
}

type stages struct {
	Encode float64   `json:"encode"`
	Steps  []float64 `json:"steps"`
}

type calls struct{ Least, Most int }

type sizes struct {
	Page struct{ Bytes, Brotli float64 } `json:"page"`
	Rows []struct {
		Name  string             `json:"name"`
		Files map[string]float64 `json:"files"`
		Trie  float64            `json:"trieAnItem"`
	} `json:"rows"`
}

type begun struct {
	Machine machine `json:"machine"`
	Rows    []struct {
		Name    string `json:"name"`
		Adapter bool   `json:"adapter"`
		Answer  spread `json:"answer"`
	} `json:"rows"`
}

func (p *part) on() *machine {
	if p == nil {
		return nil
	}
	return &p.Machine
}

func (b *begun) on() *machine {
	if b == nil {
		return nil
	}
	return &b.Machine
}

// own are the rows that were compared with the others.
func (p *part) own() []row {
	var out []row
	for _, r := range p.Rows {
		if len(r.Ratios) > 0 {
			out = append(out, r)
		}
	}
	return out
}

// rows are those of all parts that were measured.
func rows(parts ...*part) []row {
	var out []row
	for _, p := range parts {
		if p != nil {
			out = append(out, p.Rows...)
		}
	}
	return out
}

// models says what each network weighs.
func (p *part) models() []string {
	var out []string
	for _, name := range []string{"plain-f32", "plain-q8", "fused-f32", "fused-q8"} {
		if w, ok := p.Weights[name]; ok {
			out = append(out, fmt.Sprintf("onnxruntime-web %s %.1f MB (%.1f million parameters)", strings.ReplaceAll(name, "-", " "), float64(w.Bytes)/1e6, float64(w.Parameters)/1e6))
		}
	}
	return out
}

func (s stages) encode() string {
	if s.Encode == 0 {
		return ""
	}
	return ms(s.Encode)
}

func (s stages) steps() string {
	var out []string
	for _, v := range s.Steps {
		out = append(out, ms(v))
	}
	return strings.Join(out, " + ")
}

func (c calls) String() string {
	switch {
	case c.Most == 0:
		return ""
	case c.Least == c.Most:
		return fmt.Sprint(c.Most)
	}
	return fmt.Sprintf("%d-%d", c.Least, c.Most)
}

// ms is milliseconds to three figures, as far as the clock goes.
func ms(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

func ratio(v float64) string {
	if v == 0 || math.IsNaN(v) {
		return ""
	}
	return fmt.Sprintf("%.2f", v)
}

func mega(v float64) string { return fmt.Sprintf("%.0f", v/1e6) }
func kilo(v float64) string { return fmt.Sprintf("%.0f", v/1e3) }
