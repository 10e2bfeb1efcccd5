package tokenizer

import (
	"encoding/binary"
	"slices"
	"testing"

	"github.com/dlclark/regexp2"
)

func mustCompile(t *testing.T, p pattern) *regexp2.Regexp {
	t.Helper()
	re, err := p.compile()
	if err != nil {
		t.Fatal(err)
	}
	return re
}

// charsmapOf writes a double array as darts-clone does, a node's children in a
// block of 256 units of its own, and reads it again.
func charsmapOf(of map[string]string) *charsmap {
	type node struct {
		next map[byte]*node
		text *string
	}
	root := &node{next: map[byte]*node{}}
	for key, text := range of {
		n := root
		for i := range len(key) {
			if n.next[key[i]] == nil {
				n.next[key[i]] = &node{next: map[byte]*node{}}
			}
			n = n.next[key[i]]
		}
		n.text = &text
	}
	units := make([]uint32, 256)
	var texts []byte
	// place writes the children of a node whose unit lies at a place.
	var place func(n *node, at int, label uint32)
	place = func(n *node, at int, label uint32) {
		base := len(units)
		units = append(units, make([]uint32, 256)...)
		offset := uint32(at ^ base)
		if offset >= 1<<21 {
			panic("too far")
		}
		units[at] = offset<<10 | label
		if n.text != nil {
			units[at] |= 1 << 8
			units[base] = 1<<31 | uint32(len(texts))
			texts = append(append(texts, *n.text...), 0)
		}
		keys := []byte{}
		for c := range n.next {
			keys = append(keys, c)
		}
		slices.Sort(keys)
		for _, c := range keys {
			place(n.next[c], base^int(c), uint32(c))
		}
	}
	place(root, 0, 0)
	data := binary.LittleEndian.AppendUint32(nil, uint32(4*len(units)))
	for _, u := range units {
		data = binary.LittleEndian.AppendUint32(data, u)
	}
	m, err := readCharsmap(append(data, texts...))
	if err != nil {
		panic(err)
	}
	return m
}
