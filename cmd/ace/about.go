package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"ace/core"
)

// about is the optional about.json of a collection: what its page says of it.
type about struct {
	Title    string   `json:"title"`
	Credits  []credit `json:"credits"`
	Examples []string `json:"examples"`
}

type credit struct {
	Text string `json:"text"`
	URL  string `json:"url,omitempty"`
}

const aboutFile = "about.json"

func readAbout(root string) (about, error) {
	var a about
	data, err := os.ReadFile(filepath.Join(root, aboutFile))
	if errors.Is(err, fs.ErrNotExist) {
		return a, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &a)
	}
	if err != nil {
		return a, hint(fmt.Errorf("%s: %w", aboutFile, err), `it is {"title": "...", "credits": [{"text": "...", "url": "..."}], "examples": ["..."]}`)
	}
	return a, nil
}

// chooseExamples picks questions that a visitor may begin with: short texts of
// items far apart in the collection, of all kinds in turn.
func chooseExamples(items []core.Item) []string {
	const wanted, longest = 6, 40
	var byKind [core.Kinds][]string
	for i := range items {
		it := &items[i]
		for _, s := range it.Captions {
			s = strings.TrimRight(strings.TrimSpace(s), " .")
			if n := len([]rune(s)); n > 3 && n <= longest {
				byKind[it.Kind] = append(byKind[it.Kind], s)
				break
			}
		}
	}
	var out []string
	seen := map[string]bool{}
	for round := 0; round < wanted && len(out) < wanted; round++ {
		for _, texts := range byKind {
			if len(texts) == 0 || len(out) == wanted {
				continue
			}
			s := texts[(2*round+1)*len(texts)/(2*wanted)]
			if key := strings.ToLower(s); !seen[key] {
				seen[key] = true
				out = append(out, s)
			}
		}
	}
	return out
}
