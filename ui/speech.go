package ui

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/vugu/vugu"
)

// Language is one in which the page speaks. To add one, write a file like
// words_de.go; a test tells what it lacks.
type Language struct {
	Name  string            // in the language itself
	Right bool              // it is written from right to left
	Comma string            // between thousands
	Point string            // before the decimals
	Words map[string]string // by the English text, in which % stands for what is filled in
}

// english is the language of the markup; its words are the keys of the others.
var english = &Language{Name: "English", Comma: ",", Point: "."}

// languages by their BCP 47 tags, as far as they tell them apart.
var languages = map[string]*Language{"en": english}

// speech is the language in use: of the whole program, which is one page.
var speech = english

// t says an English text in the language in use, with each % filled in, from the
// left.
func t(text string, fill ...string) string {
	if s, ok := speech.Words[text]; ok {
		text = s
	}
	return say(text, fill)
}

// say fills in.
func say(text string, fill []string) string {
	parts := strings.Split(text, "%")
	if len(fill) == 0 || len(parts) != len(fill)+1 {
		return text
	}
	for i, f := range fill {
		parts[i] += f
	}
	return strings.Join(parts, "")
}

// decimal writes a number with so many decimals.
func decimal(x float64, decimals int) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', decimals, 64), ".", speech.Point, 1)
}

// chooseLanguage gives the first language of a list of tags that the page speaks, with
// its tag; English where it speaks none.
func chooseLanguage(tags []string) (tag string, l *Language) {
	for _, tag := range tags {
		for tag = strings.ToLower(tag); tag != ""; {
			if l, ok := languages[tag]; ok {
				return tag, l
			}
			tag = tag[:max(strings.LastIndexByte(tag, '-'), 0)]
		}
	}
	return "en", english
}

// languageKey is where the visitor's choice is kept.
const languageKey = "ace-language"

// settleLanguage finds out the language at the start: what the address says in
// ?lang=, what the visitor chose last, or what the browser prefers.
func (c *Root) settleLanguage() {
	tags := c.screen.params("lang")
	if kept := c.screen.stored(languageKey); kept != "" {
		tags = append(tags, kept)
	}
	c.speak(chooseLanguage(append(tags, c.screen.languages()...)))
}

// speak changes the language.
func (c *Root) speak(tag string, l *Language) {
	c.language, speech = tag, l
	c.screen.speak(tag, l.Right)
	c.screen.title(c.title())
}

// tongues are the options of the list of languages, by their own names.
func (c *Root) tongues() []choice {
	var all []choice
	for _, tag := range slices.Sorted(maps.Keys(languages)) {
		all = append(all, choice{languages[tag].Name, tag, tag == c.language})
	}
	return all
}

// setLanguage is the handler of the list.
func (c *Root) setLanguage(event vugu.DOMEvent) {
	defer c.rescue()
	tag := event.PropString("target", "value")
	if l, ok := languages[tag]; ok {
		c.speak(tag, l)
		c.screen.store(languageKey, tag)
		c.screen.dropLanguage()
	}
}

// languages are those that the visitor reads, the dearest first.
func (s *screen) languages() (tags []string) {
	if !s.on {
		return nil
	}
	all := s.window.Get("navigator").Get("languages")
	for i := range all.Length() {
		tags = append(tags, all.Index(i).String())
	}
	return tags
}

// speak tells the browser in what language the page is.
func (s *screen) speak(tag string, right bool) {
	if !s.on {
		return
	}
	root := s.doc.Get("documentElement")
	root.Set("lang", tag)
	dir := "ltr"
	if right {
		dir = "rtl"
	}
	root.Set("dir", dir)
}

// dropLanguage takes ?lang= off the address, as the visitor chose another.
func (s *screen) dropLanguage() {
	if !s.on {
		return
	}
	url := s.window.Get("URL").New(s.window.Get("location").Get("href"))
	url.Get("searchParams").Call("delete", "lang")
	s.window.Get("history").Call("replaceState", nil, "", url)
}
