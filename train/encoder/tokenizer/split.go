package tokenizer

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"github.com/dlclark/regexp2"
)

// splitter cuts a piece of a text into smaller ones; first: the text begins with it.
type splitter func(s string, first bool) []string

// How a text is cut where byte-level models do not say it themselves, from GPT-2 on.
const gpt2 = `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`

func readSplitters(list []splitter, data json.RawMessage) ([]splitter, error) {
	if len(data) == 0 || string(data) == "null" {
		return list, nil
	}
	var p struct {
		Type        string            `json:"type"`
		Splitters   []json.RawMessage `json:"pretokenizers"`
		Pattern     *pattern          `json:"pattern"`
		Behavior    string            `json:"behavior"`
		Invert      bool              `json:"invert"`
		Blank       *bool             `json:"add_prefix_space"`
		Expression  *bool             `json:"use_regex"`
		Digits      bool              `json:"individual_digits"`
		Replacement string            `json:"replacement"`
		Prepend     string            `json:"prepend_scheme"`
		Split       *bool             `json:"split"`
	}
	if err := json.Unmarshal(data, &p); err != nil {
		return nil, err
	}
	expression := func(e, behaviour string, invert bool) (splitter, error) {
		re, err := regexp2.Compile(e, regexp2.Unicode)
		if err != nil {
			return nil, err
		}
		return cut(re, behaviour, invert)
	}
	var f splitter
	var err error
	switch p.Type {
	case "Sequence":
		for _, part := range p.Splitters {
			if list, err = readSplitters(list, part); err != nil {
				return nil, err
			}
		}
		return list, nil
	case "Split":
		re, err := p.Pattern.compile()
		if err != nil {
			return nil, err
		}
		if f, err = cut(re, p.Behavior, p.Invert); err != nil {
			return nil, err
		}
	case "ByteLevel":
		if p.Blank == nil || *p.Blank {
			list = append(list, func(s string, _ bool) []string {
				if !strings.HasPrefix(s, " ") {
					s = " " + s
				}
				return []string{s}
			})
		}
		if p.Expression == nil || *p.Expression {
			re, err := expression(gpt2, "Isolated", false)
			if err != nil {
				return nil, err
			}
			list = append(list, re)
		}
		f = func(s string, _ bool) []string { return []string{bytesAsRunes(s)} }
	case "Whitespace":
		f, err = expression(`\w+|[^\w\s]+`, "Removed", true)
	case "WhitespaceSplit":
		f = func(s string, _ bool) []string { return strings.Fields(s) }
	case "BertPreTokenizer":
		f = func(s string, _ bool) []string {
			var out []string
			for _, w := range strings.Fields(s) {
				out = append(out, isolate(w, punctuation)...)
			}
			return out
		}
	case "Punctuation":
		if p.Behavior != "" && p.Behavior != "Isolated" {
			return nil, fmt.Errorf("%s that is %s is not known here", p.Type, p.Behavior)
		}
		f = func(s string, _ bool) []string { return isolate(s, punctuation) }
	case "Digits":
		e := `\p{N}+`
		if p.Digits {
			e = `\p{N}`
		}
		f, err = expression(e, "Isolated", false)
	case "Metaspace":
		f, err = metaspace(p.Replacement, p.Prepend, p.Blank, p.Split)
	default:
		return nil, fmt.Errorf("%q is not known here", p.Type)
	}
	if err != nil {
		return nil, err
	}
	return append(list, f), nil
}

// cut splits at what an expression finds. Behaviours are those of the library
// tokenizers; with invert what lies between the findings is what it speaks of.
func cut(re *regexp2.Regexp, behaviour string, invert bool) (splitter, error) {
	switch behaviour {
	case "Removed", "Isolated", "MergedWithPrevious", "MergedWithNext":
	default:
		return nil, fmt.Errorf("a split that is %q is not known here", behaviour)
	}
	return func(s string, _ bool) []string {
		runes := []rune(s)
		var out []string
		joined := false // the next piece goes with the last one
		piece := func(from, to int, found bool) {
			if from == to {
				return
			}
			p := string(runes[from:to])
			switch found = found != invert; {
			case found && behaviour == "Removed":
				joined = false
			case found && behaviour == "MergedWithPrevious" && len(out) > 0 && joined:
				out[len(out)-1] += p
				joined = false
			case !found && behaviour == "MergedWithNext" && joined:
				out[len(out)-1] += p
				joined = false
			default:
				out = append(out, p)
				joined = found == (behaviour == "MergedWithNext")
			}
		}
		at := 0
		for m, err := re.FindRunesMatch(runes); m != nil; m, err = re.FindNextMatch(m) {
			if err != nil { // no time limit is set
				panic(err)
			}
			piece(at, m.Index, false)
			piece(m.Index, m.Index+m.Length, true)
			at = m.Index + m.Length
		}
		piece(at, len(runes), false)
		return out
	}, nil
}

// isolate makes a piece of its own of each character of a sort.
func isolate(s string, sort func(rune) bool) []string {
	var out []string
	from := 0
	for at, r := range s {
		if !sort(r) {
			continue
		}
		if from < at {
			out = append(out, s[from:at])
		}
		from = at + len(string(r))
		out = append(out, string(r))
	}
	if from < len(s) {
		out = append(out, s[from:])
	}
	return out
}

// punctuation is what BERT takes for it.
func punctuation(r rune) bool {
	return unicode.IsPunct(r) || r < 0x80 && (unicode.IsSymbol(r) || strings.ContainsRune("$+<=>^`|~", r))
}

// metaspace writes blanks as a character, and one before a text, and cuts before each.
func metaspace(mark, prepend string, blank, split *bool) (splitter, error) {
	if mark == "" {
		mark = "▁"
	}
	if prepend == "" && (blank == nil || *blank) {
		prepend = "always"
	}
	switch prepend {
	case "", "never", "always", "first":
	default:
		return nil, fmt.Errorf("a Metaspace before %q is not known here", prepend)
	}
	return func(s string, first bool) []string {
		s = strings.ReplaceAll(s, " ", mark)
		if !strings.HasPrefix(s, mark) && (prepend == "always" || prepend == "first" && first) {
			s = mark + s
		}
		if split != nil && !*split {
			return []string{s}
		}
		var out []string
		for i, p := range strings.Split(s, mark) {
			if i > 0 {
				p = mark + p
			}
			if p != "" {
				out = append(out, p)
			}
		}
		return out
	}, nil
}
