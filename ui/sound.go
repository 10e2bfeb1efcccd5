package ui

import (
	"strconv"
	"sync"

	"ace/core"

	"github.com/vugu/vugu/js"
)

// Sound is the page's one audio player. Its element is no part of the rendered
// page, so a sound goes on while results change.
type Sound struct {
	Item    *core.Item // nil: nothing was played, or the player was closed
	Playing bool
	Trouble bool // the sound could not be played

	changed func(func()) // takes the lock, changes state, renders
	audio   js.Value
	slider  js.Value // shows and sets the position
	clock   js.Value
	made    bool
}

// Is reports whether the player has this item.
func (s *Sound) Is(it *core.Item) bool { return s.Item != nil && s.Item.ID == it.ID }

// Toggle plays an item, or pauses and resumes it when the player has it.
func (s *Sound) Toggle(it core.Item) {
	if s.Is(&it) && s.Playing {
		s.Playing = false
		s.call("pause")
		return
	}
	if !s.Is(&it) {
		s.Item = &it
		s.load(fileURL(it.File))
	}
	s.Playing, s.Trouble = true, false
	s.call("play")
}

// Close stops and forgets.
func (s *Sound) Close() {
	s.Item, s.Playing, s.Trouble = nil, false, false
	s.call("pause")
}

// Seek goes to a position in [0, 1].
func (s *Sound) Seek(at float64) {
	if !s.made {
		return
	}
	if d := s.audio.Get("duration").Float(); d > 0 && d < 1e9 {
		s.audio.Set("currentTime", at*d)
	}
}

// load gives the element a new source. Outside a browser there is none.
func (s *Sound) load(url string) {
	if !s.made && inBrowser() {
		s.make()
	}
	if s.made {
		s.audio.Set("src", url)
	}
}

func inBrowser() bool {
	g := js.Global()
	return g.Truthy() && g.Get("document").Truthy()
}

// call runs a method of the element. A refused play is told by its error
// event, so its promise is only kept from being reported as unhandled.
func (s *Sound) call(method string) {
	if !s.made {
		return
	}
	if p := s.audio.Call(method); p.Truthy() {
		p.Call("catch", ignored())
	}
}

var ignored = sync.OnceValue(func() js.Func {
	return js.FuncOf(func(js.Value, []js.Value) any { return nil })
})

// make creates the element and listens. Events come at any time, also while a
// handler runs, so each waits for the lock in a goroutine.
func (s *Sound) make() {
	s.made = true
	s.audio = element("audio")
	s.audio.Set("preload", "auto")
	on := func(event string, change func()) {
		s.audio.Call("addEventListener", event, s.slot(func() { go s.changed(change) }))
	}
	on("play", func() { s.Playing = true })
	on("pause", func() { s.Playing = false })
	on("ended", func() { s.Playing = false })
	on("error", func() { s.Playing, s.Trouble = false, s.Item != nil })
	progress := s.slot(s.progress)
	for _, event := range []string{"timeupdate", "durationchange", "seeking"} {
		s.audio.Call("addEventListener", event, progress)
	}
}

func (s *Sound) slot(f func()) js.Func {
	return js.FuncOf(func(js.Value, []js.Value) any { f(); return nil })
}

// progress shows the position, without a render: in the wave forms by a style
// variable, and in the player's slider and clock.
func (s *Sound) progress() {
	at, length := s.audio.Get("currentTime").Float(), s.audio.Get("duration").Float()
	part := 0.0
	if length > 0 && length < 1e9 {
		part = at / length
	}
	root := js.Global().Get("document").Get("documentElement")
	root.Get("style").Call("setProperty", "--played", strconv.FormatFloat(100*part, 'f', 2, 64)+"%")
	if s.slider.Truthy() {
		s.slider.Set("value", 1000*part)
	}
	if s.clock.Truthy() {
		s.clock.Set("textContent", clock(at)+" / "+clock(length))
	}
}

// clock writes seconds as minutes and seconds.
func clock(seconds float64) string {
	if !(seconds >= 0 && seconds < 1e9) {
		return "0:00"
	}
	n := int(seconds)
	s := strconv.Itoa(n % 60)
	if len(s) < 2 {
		s = "0" + s
	}
	return strconv.Itoa(n/60) + ":" + s
}
