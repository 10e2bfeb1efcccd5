// Package emoji reads the drawings of an icon set and the names of the
// Unicode CLDR from installed npm packages: pictures with words in many
// languages for the built-in collection.
package emoji

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ace/cmd/demo/paint"
	"ace/core"
)

// Languages whose names become captions, English first.
var Languages = []string{"en", "de", "fr", "es", "it", "pt", "nl", "pl", "uk", "ru", "tr", "ar", "he", "hi", "zh", "ja", "ko"}

// Credits names the sources of what Read gives: text and address.
var Credits = [][2]string{
	{"Emoji drawings: Fluent Emoji Flat, Copyright (c) Microsoft Corporation, MIT licence", "https://github.com/microsoft/fluentui-emoji"},
	{"Emoji names and keywords: Unicode CLDR 48.2, Copyright (c) 1991-2026 Unicode, Inc., Unicode License v3", "https://www.unicode.org/license.txt"},
}

// Picture is an item of the collection and its PNG bytes.
type Picture struct {
	Item core.Item
	PNG  []byte
}

// Read draws every emoji without a skin tone, at size x size pixels, from the
// packages under dir (a node_modules folder). Women's and men's variants are
// left out where a neutral drawing exists. Skipped counts drawings that need
// more of SVG than we draw.
func Read(dir string, size int) (pictures []Picture, skipped int, err error) {
	set := filepath.Join(dir, "@iconify-json", "fluent-emoji-flat")
	var icons struct {
		Icons   map[string]struct{ Body string }
		Aliases map[string]struct {
			Parent string
			HFlip  bool
		}
		Width, Height float64
	}
	var chars map[string]string
	var meta struct{ Categories map[string][]string }
	for name, into := range map[string]any{"icons.json": &icons, "chars.json": &chars, "metadata.json": &meta} {
		if err := readJSON(filepath.Join(set, name), into); err != nil {
			return nil, 0, err
		}
	}
	group := map[string]string{}
	for g, names := range meta.Categories {
		for _, n := range names {
			group[n] = g
		}
	}
	words := make([]map[string]annotation, len(Languages))
	for i, lang := range Languages {
		if words[i], err = annotations(dir, lang); err != nil {
			return nil, 0, err
		}
	}
	codes := make([]string, 0, len(chars))
	for code := range chars {
		if !variant(code, chars) {
			codes = append(codes, code)
		}
	}
	slices.SortFunc(codes, func(a, b string) int { return cmp.Compare(chars[a], chars[b]) })
	for _, code := range codes {
		name := chars[code]
		item, ok := describe(code, name, group[name], words)
		if !ok {
			continue
		}
		body, flip := icons.Icons[name].Body, false
		if a, ok := icons.Aliases[name]; ok {
			body, flip = icons.Icons[a.Parent].Body, a.HFlip
		}
		b, err := render(body, size, icons.Width, flip)
		if err != nil {
			skipped++
			continue
		}
		pictures = append(pictures, Picture{item, b})
	}
	if len(pictures) == 0 {
		return nil, skipped, fmt.Errorf("%s: no drawing can be read", set)
	}
	return pictures, skipped, nil
}

func readJSON(path string, into any) error {
	b, err := os.ReadFile(path)
	if err == nil {
		if err = json.Unmarshal(b, into); err != nil {
			err = fmt.Errorf("%s: %w", path, err)
		}
	}
	return err
}

// variant reports a skin tone, or a woman's or man's form of a neutral emoji.
func variant(code string, chars map[string]string) bool {
	for tone := 0x1f3fb; tone <= 0x1f3ff; tone++ {
		if strings.Contains(code, strconv.FormatInt(int64(tone), 16)) {
			return true
		}
	}
	if strings.HasSuffix(code, "-200d-2640") || strings.HasSuffix(code, "-200d-2642") {
		return true
	}
	person, gendered := code, false
	for _, who := range []string{"1f468-", "1f469-"} {
		if after, ok := strings.CutPrefix(code, who); ok {
			person, gendered = "1f9d1-"+after, true
		}
	}
	return gendered && chars[person] != ""
}

type annotation struct {
	Default []string
	TTS     []string
}

// annotations reads the names of one language, single characters and sequences.
func annotations(dir, lang string) (map[string]annotation, error) {
	var single struct {
		Annotations struct{ Annotations map[string]annotation }
	}
	var derived struct {
		AnnotationsDerived struct{ Annotations map[string]annotation }
	}
	err := readJSON(filepath.Join(dir, "cldr-annotations-full", "annotations", lang, "annotations.json"), &single)
	if err != nil {
		return nil, err
	}
	err = readJSON(filepath.Join(dir, "cldr-annotations-derived-full", "annotationsDerived", lang, "annotations.json"), &derived)
	if err != nil {
		return nil, err
	}
	all := single.Annotations.Annotations
	for k, v := range derived.AnnotationsDerived.Annotations {
		all[k] = v
	}
	return all, nil
}

// describe makes the item of one emoji; ok is false if it has no English name.
func describe(code, name, group string, words []map[string]annotation) (item core.Item, ok bool) {
	var runes []rune
	for h := range strings.SplitSeq(code, "-") {
		v, err := strconv.ParseUint(h, 16, 32)
		if err != nil {
			return item, false
		}
		runes = append(runes, rune(v))
	}
	char := string(runes)
	item = core.Item{ID: "emoji-" + name, File: "media/emoji-" + name + ".png", Kind: core.Image,
		Meta: map[string]string{"source": "Fluent Emoji", "group": group}}
	for i, w := range words {
		a, found := w[char]
		if !found {
			a = w[strings.ReplaceAll(char, "\ufe0f", "")]
		}
		if len(a.TTS) == 0 {
			if i == 0 {
				return item, false
			}
			continue
		}
		if i == 0 {
			item.Title = a.TTS[0]
			for _, k := range a.Default {
				if !strings.EqualFold(k, a.TTS[0]) {
					item.Keywords = append(item.Keywords, k)
				}
			}
		}
		if !slices.Contains(item.Captions, a.TTS[0]) {
			item.Captions = append(item.Captions, a.TTS[0])
		}
	}
	item.Keywords = append(item.Keywords, char)
	return item, true
}

// render draws one icon as a PNG of few colours.
func render(body string, size int, units float64, flip bool) ([]byte, error) {
	if body == "" {
		return nil, fmt.Errorf("no drawing")
	}
	c := paint.New(size, size)
	if flip {
		c.M = paint.Matrix{-1, 0, 0, 1, float64(size), 0}
	}
	if err := draw(c, body, units); err != nil {
		return nil, err
	}
	var buf bytes.Buffer
	err := png.Encode(&buf, paint.Quantise([]*image.RGBA{c.Img}, 96)[0])
	return buf.Bytes(), err
}
