package bundle

import (
	"bytes"
	"fmt"
	"slices"
)

// scan looks over a manifest's JSON before it is decoded. It bounds the nesting
// and the number of sections and tensors, and outside meta it refuses names of
// members that are written twice or not in plain small letters, so that every
// reader of the same bytes, whatever its JSON library, sees the same document.
// Whether the bytes are JSON at all is left to the decoder.
func scan(b []byte) error {
	var (
		keys    [MaxDepth + 1][][]byte // members seen, by depth
		objects [MaxDepth + 1]bool
		entries int // commas in the arrays sections and tensors
		depth   int
		meta    bool // inside the value of the member meta
		isKey   bool // the next string names a member
	)
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '{', '[':
			if depth++; depth > MaxDepth {
				return fmt.Errorf("nested deeper than %d", MaxDepth)
			}
			objects[depth] = b[i] == '{'
			keys[depth] = keys[depth][:0]
			isKey = objects[depth]
		case '}', ']':
			if depth--; depth < 0 {
				return fmt.Errorf("unbalanced brackets")
			}
		case ',':
			isKey = objects[depth]
			if depth == 1 {
				meta = false
			}
			if depth == 2 && !isKey && !meta {
				if entries++; entries > 2*MaxEntries {
					return fmt.Errorf("more than %d sections and tensors", 2*MaxEntries)
				}
			}
		case ':':
			isKey = false
		case '"':
			start := i + 1
			for i++; i < len(b) && b[i] != '"'; i++ {
				if b[i] == '\\' {
					i++
				}
			}
			if !isKey || meta || i >= len(b) {
				continue
			}
			key := b[start:i]
			if !plain(key) {
				return fmt.Errorf("member name %.40q: want letters a-z, digits and _", key)
			}
			if slices.ContainsFunc(keys[depth], func(k []byte) bool { return bytes.Equal(k, key) }) {
				return fmt.Errorf("member %q appears twice", key)
			}
			if len(keys[depth]) == maxMembers {
				return fmt.Errorf("an object has more than %d members", maxMembers)
			}
			keys[depth] = append(keys[depth], key)
			meta = depth == 1 && string(key) == "meta"
		}
	}
	return nil
}

// maxMembers bounds the members of an object outside meta.
const maxMembers = 64

func plain(key []byte) bool {
	for _, c := range key {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return len(key) > 0 && len(key) <= MaxName
}
