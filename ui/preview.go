package ui

import (
	"strings"

	"ace/core"

	"github.com/vugu/vugu/js"
)

// A film plays in its card, and a sound is heard for some seconds, while one
// points at the card or has the focus on it. Sounds wait a little, are heard only
// by visitors who have done something on the page already, and can be switched
// off; nothing of it happens on touch, nor while the player plays.
const (
	previewWait   = 350  // milliseconds until a sound begins
	previewLength = 4000 // and until it ends
	previewKey    = "ace-preview"
)

// preview is what plays for now.
type preview struct {
	off    bool // the visitor wants no sounds
	audio  js.Value
	timer  js.Value
	card   js.Value
	still  js.Value // the picture of a film that plays over it
	moving js.Value
	begin  js.Func
	end    js.Func
	file   string
}

// listen attaches it. The listeners take no lock: they touch nothing that is
// rendered.
func (p *preview) listen(c *Root) {
	p.off = c.screen.stored(previewKey) == "off"
	p.begin = js.FuncOf(func(js.Value, []js.Value) any { p.play(c); return nil })
	p.end = js.FuncOf(func(js.Value, []js.Value) any { p.stop(); return nil })
	at := func(e js.Value) {
		if kind := e.Get("pointerType"); kind.Type() == js.TypeString && kind.String() == "touch" {
			return
		}
		card := e.Get("target")
		if card.Get("closest").Truthy() {
			card = card.Call("closest", ".card")
		}
		if card.Truthy() && p.card.Truthy() && card.Equal(p.card) {
			return
		}
		p.stop()
		if card.Truthy() {
			p.start(c, card)
		}
	}
	c.screen.listen("pointerover", at)
	c.screen.listen("focusin", at)
	c.screen.listen("pointerdown", func(js.Value) { p.silence() })
	c.screen.listen("blur", func(e js.Value) {
		if e.Get("target").Equal(c.screen.window) {
			p.stop()
		}
	})
}

// start begins what a card has.
func (p *preview) start(c *Root, card js.Value) {
	tile := card.Call("querySelector", ".tile")
	if !tile.Truthy() {
		return
	}
	if film := tile.Call("querySelector", "video"); film.Truthy() {
		p.card = card
		p.promise(film.Call("play"))
		return
	}
	if p.move(tile) {
		p.card = card
		return
	}
	shows := tile.Get(mark)
	if shows.Type() != js.TypeString || p.off || c.sound.Playing {
		return
	}
	file, ok := strings.CutPrefix(shows.String(), "audio ")
	if active := js.Global().Get("navigator").Get("userActivation"); !ok || active.Truthy() && !active.Get("hasBeenActive").Bool() {
		return
	}
	p.card, p.file = card, file
	p.timer = js.Global().Call("setTimeout", p.begin, previewWait)
}

// play begins a sound.
func (p *preview) play(c *Root) {
	if c.sound.Playing {
		return
	}
	if !p.audio.Truthy() {
		p.audio = element("audio")
		p.audio.Set("volume", 0.7)
	}
	p.audio.Set("src", fileURL(p.file))
	p.promise(p.audio.Call("play"))
	p.card.Get("classList").Call("add", "previewing")
	p.timer = js.Global().Call("setTimeout", p.end, previewLength)
}

// silence ends a sound.
func (p *preview) silence() {
	if p.timer.Truthy() {
		js.Global().Call("clearTimeout", p.timer)
		p.timer = js.Null()
	}
	if p.audio.Truthy() {
		p.audio.Call("pause")
	}
}

// stop ends all.
func (p *preview) stop() {
	p.silence()
	if !p.card.Truthy() {
		return
	}
	p.card.Get("classList").Call("remove", "previewing")
	if p.still.Truthy() {
		p.rest()
	} else if film := p.card.Call("querySelector", ".tile video"); film.Truthy() {
		film.Call("pause")
	}
	p.card = js.Null()
}

// moves is the property of a small picture that stands for a film or an animation:
// its file.
const moves = "aceMoves"

// move puts the film in the place of its small picture, if a tile shows one.
func (p *preview) move(tile js.Value) bool {
	img := tile.Call("querySelector", "img")
	if !img.Truthy() || img.Get(moves).Type() != js.TypeString {
		return false
	}
	file := img.Get(moves).String()
	p.still = img
	if isFilmFile(file) {
		p.moving = newFilm(&core.Item{File: file}, false)
		p.moving.Set("poster", img.Get("src"))
		p.promise(p.moving.Call("play"))
	} else {
		p.moving = element("img")
		p.moving.Set("alt", "")
		p.moving.Set("className", img.Get("className"))
		p.moving.Set("src", fileURL(file))
	}
	p.moving.Set("onerror", js.Null()) // its picture is there
	img.Call("after", p.moving)
	if !isFilmFile(file) { // it may be transparent
		img.Get("classList").Call("add", "covered")
	}
	return true
}

// rest takes it away again.
func (p *preview) rest() {
	p.moving.Set("src", "")
	p.moving.Call("remove")
	p.still.Get("classList").Call("remove", "covered")
	p.still, p.moving = js.Null(), js.Null()
}

// promise keeps a refused play from being reported.
func (p *preview) promise(v js.Value) {
	if v.Truthy() {
		v.Call("catch", ignored())
	}
}

func (c *Root) hasPreview() bool { return c.phase == ready && c.info.Kinds[1] > 0 }
func (c *Root) hears() bool      { return !c.preview.off }

// togglePreview is the handler of the check box.
func (c *Root) togglePreview() {
	defer c.rescue()
	c.preview.off = !c.preview.off
	kept := ""
	if c.preview.off {
		kept = "off"
	}
	c.screen.store(previewKey, kept)
}
