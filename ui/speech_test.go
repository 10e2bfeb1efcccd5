package ui

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// said finds the English texts in the sources.
func said(t *testing.T) map[string]bool {
	t.Helper()
	keys := map[string]bool{"All": true, "Usual": true, "Strict": true}
	for _, list := range [][]string{plurals[:], singulars[:], partNames[:], placeholders[:]} {
		for _, k := range list {
			keys[k] = true
		}
	}
	direct, counts := regexp.MustCompile(`\bt\("([^"]*)"`), regexp.MustCompile(`counted\([^"]*"([^"]*)", "([^"]*)"`)
	for _, pattern := range []string{"*.go", "*.vugu"} {
		files, _ := filepath.Glob(pattern)
		for _, f := range files {
			if strings.HasSuffix(f, "_test.go") || strings.HasSuffix(f, "_gen.go") {
				continue
			}
			text, err := os.ReadFile(f)
			if err != nil {
				t.Skip("the sources are not here: ", err)
			}
			for _, m := range slices.Concat(direct.FindAllStringSubmatch(string(text), -1), counts.FindAllStringSubmatch(string(text), -1)) {
				for _, k := range m[1:] {
					keys[k] = true
				}
			}
		}
	}
	return keys
}

func TestLanguagesAreWhole(t *testing.T) {
	keys := said(t)
	if len(keys) < 80 {
		t.Fatalf("only %d texts are found in the sources", len(keys))
	}
	for tag, l := range languages {
		if tag == "en" {
			continue
		}
		if l.Name == "" || l.Comma == "" || l.Point == "" {
			t.Errorf("%s lacks its name or how it writes numbers", tag)
		}
		for k := range keys {
			if s, ok := l.Words[k]; !ok || s == "" {
				t.Errorf("%s lacks %q", tag, k)
			} else if strings.Count(s, "%") != strings.Count(k, "%") {
				t.Errorf("%s: %q has other places to fill in than %q", tag, s, k)
			}
		}
		for k := range l.Words {
			if !keys[k] {
				t.Errorf("%s has %q, which is said nowhere", tag, k)
			}
		}
	}
}

func TestFillingIn(t *testing.T) {
	for _, c := range []struct {
		text string
		fill []string
		want string
	}{{"plain", nil, "plain"}, {"% of %", []string{"1%", "%"}, "1% of %"}, {"100 %", nil, "100 %"}, {"a % b", []string{"“%”"}, "a “%” b"}} {
		if got := say(c.text, c.fill); got != c.want {
			t.Errorf("%q of %q: %q, want %q", c.text, c.fill, got, c.want)
		}
	}
}

func TestChooseLanguage(t *testing.T) {
	for tags, want := range map[string]string{"": "en", "de": "de", "de-AT": "de", "xx fr-CA en": "fr", "zh-Hant-TW": "zh", "JA": "ja", "tlh": "en"} {
		if got, l := chooseLanguage(strings.Fields(tags)); got != want || l != languages[want] {
			t.Errorf("%q: %s, want %s", tags, got, want)
		}
	}
}

func TestLanguageOfThePage(t *testing.T) {
	defer func() { speech = english }()
	s := newStage(t, newShelf(titles(1200, "")...))
	s.until("card-0")
	s.fire("language", "change", map[string]any{"target": map[string]any{"value": "de"}})
	h := s.until("Bilder</span>")
	for _, want := range []string{"1.200 Einträge", "Beschreiben Sie ein Bild, einen Klang oder einen Film", "Mehr zeigen"} {
		if !strings.Contains(h, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	s.typeText("thing")
	s.until("Beste Treffer für „thing“")
	s.typeText("zebra %")
	s.until("Nichts gefunden für „zebra %“")
}
