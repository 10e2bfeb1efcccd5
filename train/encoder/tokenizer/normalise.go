package tokenizer

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"github.com/dlclark/regexp2"
	"golang.org/x/text/unicode/norm"
)

// normaliser changes a text before it is split.
type normaliser func(string) string

// pattern is a string to look for, or a regular expression.
type pattern struct {
	String *string
	Regex  *string
}

// compile makes an expression of it, in the dialect of Oniguruma as far as
// regexp2 shares it: \p{L}, (?!..), (?i:..).
func (p *pattern) compile() (*regexp2.Regexp, error) {
	switch {
	case p != nil && p.Regex != nil:
		return regexp2.Compile(*p.Regex, regexp2.Unicode)
	case p != nil && p.String != nil:
		return regexp2.Compile(regexp2.Escape(*p.String), regexp2.None)
	}
	return nil, fmt.Errorf("a pattern is missing")
}

func readNormalisers(list []normaliser, data json.RawMessage) ([]normaliser, error) {
	if len(data) == 0 || string(data) == "null" {
		return list, nil
	}
	var n struct {
		Type        string            `json:"type"`
		Normalizers []json.RawMessage `json:"normalizers"`
		Pattern     *pattern          `json:"pattern"`
		Content     string            `json:"content"`
		Prepend     string            `json:"prepend"`
		Left        bool              `json:"strip_left"`
		Right       bool              `json:"strip_right"`
		Charsmap    []byte            `json:"precompiled_charsmap"` // base64
		bert
	}
	if err := json.Unmarshal(data, &n); err != nil {
		return nil, err
	}
	var f normaliser
	switch n.Type {
	case "Sequence":
		var err error
		for _, part := range n.Normalizers {
			if list, err = readNormalisers(list, part); err != nil {
				return nil, err
			}
		}
		return list, nil
	case "NFC":
		f = norm.NFC.String
	case "NFD":
		f = norm.NFD.String
	case "NFKC":
		f = norm.NFKC.String
	case "NFKD":
		f = norm.NFKD.String
	case "Lowercase":
		f = lower
	case "StripAccents":
		f = func(s string) string { return without(s, unicode.Mn) }
	case "Strip":
		f = func(s string) string {
			if n.Left {
				s = strings.TrimLeftFunc(s, unicode.IsSpace)
			}
			if n.Right {
				s = strings.TrimRightFunc(s, unicode.IsSpace)
			}
			return s
		}
	case "Prepend":
		f = func(s string) string {
			if s == "" {
				return s
			}
			return n.Prepend + s
		}
	case "Replace":
		re, err := n.Pattern.compile()
		if err != nil {
			return nil, err
		}
		content := strings.ReplaceAll(n.Content, "$", "$$")
		f = func(s string) string {
			out, err := re.Replace(s, content, -1, -1)
			if err != nil { // no time limit is set
				panic(err)
			}
			return out
		}
	case "BertNormalizer":
		f = n.bert.normalise
	case "Precompiled":
		m, err := readCharsmap(n.Charsmap)
		if err != nil {
			return nil, err
		}
		f = m.normalise
	default:
		return nil, fmt.Errorf("%q is not known here", n.Type)
	}
	return append(list, f), nil
}

// lower maps each character by itself, the Turkish İ to two, as Unicode has it.
func lower(s string) string { return strings.ToLower(strings.ReplaceAll(s, "İ", "i̇")) }

// without is a text without the characters of a class.
func without(s string, class *unicode.RangeTable) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(class, r) {
			return -1
		}
		return r
	}, s)
}

// bert is BERT's normaliser.
type bert struct {
	Clean   bool  `json:"clean_text"`
	Chinese bool  `json:"handle_chinese_chars"`
	Accents *bool `json:"strip_accents"` // nil: as Lower says
	Lower   bool  `json:"lowercase"`
}

func (b bert) normalise(s string) string {
	if b.Clean {
		s = strings.Map(func(r rune) rune {
			switch {
			case r == '\t' || r == '\n' || r == '\r':
				return ' '
			case r == unicode.ReplacementChar || unicode.Is(unicode.C, r):
				return -1
			case unicode.IsSpace(r):
				return ' '
			}
			return r
		}, s)
	}
	if b.Chinese {
		var out strings.Builder
		for _, r := range s {
			if ideograph(r) {
				out.WriteString(" " + string(r) + " ")
			} else {
				out.WriteRune(r)
			}
		}
		s = out.String()
	}
	if b.Accents == nil && b.Lower || b.Accents != nil && *b.Accents {
		s = without(norm.NFD.String(s), unicode.Mn)
	}
	if b.Lower {
		s = lower(s)
	}
	return s
}

// ideograph tells the blocks of CJK ideographs, each of which is a word to BERT.
func ideograph(r rune) bool {
	for _, b := range [][2]rune{{0x4e00, 0x9fff}, {0x3400, 0x4dbf}, {0x20000, 0x2a6df}, {0x2a700, 0x2b73f}, {0x2b740, 0x2b81f}, {0x2b820, 0x2ceaf}, {0xf900, 0xfaff}, {0x2f800, 0x2fa1f}} {
		if r >= b[0] && r <= b[1] {
			return true
		}
	}
	return false
}
