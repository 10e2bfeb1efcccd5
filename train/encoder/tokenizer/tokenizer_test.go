package tokenizer

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Tokenizers of the forms that CLIP, RoBERTa, BERT, T5 and Gemma have, learnt from
// a few sentences, give what Hugging Face's own library gives
// (@huggingface/tokenizers 0.2.0), for plain texts and for awkward ones.
func TestEncode(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "tokens.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]json.RawMessage
	var texts []string
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(all["texts"], &texts); err != nil || len(texts) < 20 {
		t.Fatalf("%d texts, %v", len(texts), err)
	}
	for _, name := range []string{"clip", "roberta", "bert", "t5", "gemma"} {
		tok, err := Read(filepath.Join("testdata", name+".json"))
		if err != nil {
			t.Error(err)
			continue
		}
		var want [][]int
		if err := json.Unmarshal(all[name], &want); err != nil || len(want) != len(texts) {
			t.Fatalf("%s: %d of %d, %v", name, len(want), len(texts), err)
		}
		for i, text := range texts {
			got := tok.Encode(text, 0)
			if !slices.Equal(got, want[i]) {
				t.Errorf("%s: %q is %v, want %v", name, text, got, want[i])
			}
			// What is cut off are the last of the text's own tokens.
			const most = 5
			if short := tok.Encode(text, most); len(got) > most && (len(short) != most || !slices.Equal(short[len(short)-len(tok.after):], tok.after) || !slices.Equal(short[:most-len(tok.after)], got[:most-len(tok.after)])) {
				t.Errorf("%s: %q in five tokens is %v of %v", name, text, short, got)
			}
		}
	}
}

// wordPieces is a tokenizer.json of a few words with more fields.
func wordPieces(more string) string {
	return `{"model": {"type": "WordPiece", "vocab": {"[UNK]": 0, "[PAD]": 1, "dog": 2, "##s": 3, "new york": 9}, "unk_token": "[UNK]"}, "pre_tokenizer": {"type": "WhitespaceSplit"}` + more + `}`
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	p := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return p
}

// How long texts may be and what they are filled with, from either file.
func TestLimits(t *testing.T) {
	for _, c := range []struct {
		more, beside    string
		most, fill, pad int
	}{
		{"", "", 0, 0, 0},
		{`, "added_tokens": [{"id": 1, "content": "[PAD]", "special": true}]`, "", 0, 0, 1},
		{`, "truncation": {"max_length": 77}, "padding": {"strategy": {"Fixed": 64}, "pad_id": 3}`, "", 77, 64, 3},
		{`, "padding": {"strategy": "BatchLongest", "pad_id": 3}`, `{"model_max_length": 77, "pad_token": "dog"}`, 77, 0, 2},
		{`, "truncation": {"max_length": 7}`, `{"model_max_length": 77, "pad_token": {"content": "##s"}}`, 7, 0, 3},
		{"", `{"model_max_length": 1000000000000000019884624838656, "pad_token": null}`, 0, 0, 0},
	} {
		path := write(t, "tokenizer.json", wordPieces(c.more))
		if c.beside != "" {
			if err := os.WriteFile(filepath.Join(filepath.Dir(path), "tokenizer_config.json"), []byte(c.beside), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		tok, err := Read(path)
		if err != nil || tok.Most != c.most || tok.Fill != c.fill || tok.Pad != c.pad {
			t.Errorf("%s %s: %+v, %v", c.more, c.beside, tok, err)
		}
	}
}

// Tokens that were added to a vocabulary are found in texts, special ones are not.
func TestAdded(t *testing.T) {
	tok, err := Read(write(t, "tokenizer.json", wordPieces(`, "added_tokens": [{"id": 8, "content": "new"}, {"id": 9, "content": "new york"}, {"id": 7, "content": "[X]", "special": true}]`)))
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string][]int{
		"dogs new york dog": {2, 3, 9, 2},
		"new yorks":         {9, 0},
		"new dog new":       {8, 2, 8},
		"[X] dog":           {0, 2},
		"":                  nil,
	} {
		if got := tok.Encode(text, 0); !slices.Equal(got, want) {
			t.Errorf("%q is %v, want %v", text, got, want)
		}
	}
}

// What is not known is refused by name.
func TestReadErrors(t *testing.T) {
	for text, want := range map[string]string{
		`{`:  "unexpected end",
		`{}`: "model: it is missing",
		`{"model": {"type": "WordLevel", "vocab": {}}}`:                                                               `"WordLevel" is not known`,
		`{"model": {"type": "WordPiece", "vocab": {"a": 0}}}`:                                                         "no token [UNK]",
		`{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": ["a b"]}}`:                                            `no token for merge 0`,
		`{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": ["ab"]}}`:                                             `merge 0 is "ab"`,
		`{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": [], "unk_token": "?"}}`:                               "no token ?",
		`{"model": {"type": "Unigram", "vocab": [["a", "b"]]}}`:                                                       "piece 0 is [a b]",
		`{"model": {"type": "Unigram", "vocab": [["a", -1]], "unk_id": 4}}`:                                           "token 4 of 1",
		wordPieces(`, "normalizer": {"type": "Nmt"}`):                                                                 `normalizer: "Nmt" is not known`,
		wordPieces(`, "normalizer": {"type": "Replace", "content": ""}`):                                              "a pattern is missing",
		wordPieces(`, "normalizer": {"type": "Replace", "pattern": {"Regex": "("}, "content": ""}`):                   "normalizer: ",
		wordPieces(`, "normalizer": {"type": "Precompiled", "precompiled_charsmap": "/////w=="}`):                     "breaks off",
		wordPieces(`, "post_processor": {"type": "Other"}`):                                                           `post_processor: "Other"`,
		wordPieces(`, "post_processor": {"type": "BertProcessing", "sep": ["a"]}`):                                    "without its two tokens",
		wordPieces(`, "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "[C]"}}]}`): "no token [C]",
		strings.Replace(wordPieces(""), "WhitespaceSplit", "UnicodeScripts", 1):                                       `pre_tokenizer: "UnicodeScripts"`,
		wordPieces(`, "truncation": {"max_length": -1}`):                                                              "texts of -1 tokens",
	} {
		if tok, err := parse([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, %v, want %q", text, tok, err, want)
		}
	}
	if _, err := Read(filepath.Join(t.TempDir(), "tokenizer.json")); err == nil || !strings.Contains(err.Error(), "tokenizer.json") {
		t.Errorf("no file: %v", err)
	}
}

// Where pieces go that are cut, by the library's names for it.
func TestCut(t *testing.T) {
	for behaviour, want := range map[string]string{"Removed": "a|b|c", "Isolated": "-|a|-|-|b|-|c|-", "MergedWithPrevious": "-|a-|-|b-|c-", "MergedWithNext": "-a|-|-b|-c|-"} {
		mark := "-"
		f, err := cut(mustCompile(t, pattern{String: &mark}), behaviour, false)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(f("-a--b-c-", true), "|"); got != want {
			t.Errorf("%s: %s, want %s", behaviour, got, want)
		}
	}
}

// A table that writes ﬁ as fi and drops a joiner, in a double array made by hand.
func TestCharsmap(t *testing.T) {
	m := charsmapOf(map[string]string{"ﬁ": "fi", "\u200d": "", "A": "a"})
	for text, want := range map[string]string{"ﬁsh A": "fish a", "a\u200db": "ab", "": "", "éa": "éa", "AA": "aa"} {
		if got := m.normalise(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// Whatever stands in a file, it is refused or makes tokens; whatever a text is, it is cut.
func FuzzParse(f *testing.F) {
	for _, name := range []string{"clip", "roberta", "bert", "t5", "gemma"} {
		data, err := os.ReadFile(filepath.Join("testdata", name+".json"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, "a dog, 12 naïve cafés 北京 <0x41> \xff")
	}
	f.Add([]byte(wordPieces(`, "added_tokens": [{"id": 9, "content": "new york"}]`)), "dogs of new york")
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		tok, err := parse(data)
		if err != nil || strings.Contains(string(data), "Regex") { // an expression may take its time
			return
		}
		if n := len(tok.Encode(text, 7)); n > max(7, len(tok.before)+len(tok.after)) {
			t.Errorf("%d tokens", n)
		}
	})
}
