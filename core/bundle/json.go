package bundle

import (
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// CheckJSON holds a JSON text of a section, such as an item, to the format:
// UTF-8, one value, nested at most MaxDepth deep.
func CheckJSON(b []byte) error {
	if !utf8.Valid(b) {
		return errors.New("not valid UTF-8")
	}
	depth := 0
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '{', '[':
			if depth++; depth > MaxDepth {
				return fmt.Errorf("nested deeper than %d", MaxDepth)
			}
		case '}', ']':
			depth--
		case '"':
			for i++; i < len(b) && b[i] != '"'; i++ {
				if b[i] == '\\' {
					i++
				}
			}
		}
	}
	if !json.Valid(b) {
		return errors.New("not valid JSON")
	}
	return nil
}
