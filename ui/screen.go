package ui

import "github.com/vugu/vugu/js"

// screen is what the page does to the browser beyond rendering. Outside a
// browser nothing is attached and every method does nothing.
type screen struct {
	window  js.Value
	doc     js.Value
	input   js.Value
	on      bool
	pending string // id of the element that gets the focus once it is there
	still   bool   // it gets it without being scrolled to
	said    string // what the live region says

	measures     measures
	above, below float64 // by which the grid is padded
}

// attach is called by the render of the search box.
func (s *screen) attach(input js.Value) {
	s.input = input
	if !s.on {
		s.window = js.Global().Get("window")
		s.doc = s.window.Get("document")
		s.on = true
	}
}

func (s *screen) value() string {
	if !s.on {
		return ""
	}
	return s.input.Get("value").String()
}

func (s *screen) setInput(text string) {
	if s.on {
		s.input.Set("value", text)
	}
}

// focus moves the focus at the end of the next render: the element may be made
// or made reachable only there.
func (s *screen) focus(id string) { s.pending, s.still = id, false }

// settle is called at the end of each render.
func (s *screen) settle() {
	if s.pending == "" || !s.on {
		return
	}
	if el := s.doc.Call("getElementById", s.pending); el.Truthy() {
		s.pending = ""
		el.Call("focus", map[string]any{"preventScroll": s.still})
	}
}

// say writes the live region when its text changed, so that it is announced
// once.
func (s *screen) say(region js.Value, text string) {
	if text != s.said {
		s.said = text
		region.Set("textContent", text)
	}
}

// top scrolls back to the first card, at once.
func (s *screen) top() {
	if s.on {
		s.window.Call("scrollTo", 0, 0)
	}
}

func (s *screen) title(text string) {
	if s.on {
		s.doc.Set("title", text)
	}
}

func (s *screen) reload() {
	if s.on {
		s.window.Get("location").Call("reload")
	}
}

// dark reports whether the page is dark now.
func (s *screen) dark() bool {
	if !s.on {
		return false
	}
	switch s.doc.Get("documentElement").Get("dataset").Get("theme").String() {
	case "dark":
		return true
	case "light":
		return false
	}
	return s.window.Call("matchMedia", "(prefers-color-scheme: dark)").Get("matches").Bool()
}

// theme sets and keeps the visitor's choice; boot.js reads it at the next
// visit, before anything is painted.
func (s *screen) theme(dark bool) {
	if !s.on {
		return
	}
	name := "light"
	if dark {
		name = "dark"
	}
	s.doc.Get("documentElement").Get("dataset").Set("theme", name)
	s.store("ace-theme", name)
}

// store keeps a text in the browser, if it lets a page do so; an empty one is
// forgotten.
func (s *screen) store(key, text string) {
	defer func() { _ = recover() }()
	if !s.on {
		return
	}
	if kept := s.window.Get("localStorage"); text == "" {
		kept.Call("removeItem", key)
	} else {
		kept.Call("setItem", key, text)
	}
}

// stored is what store kept, empty if it is not there.
func (s *screen) stored(key string) (text string) {
	defer func() { _ = recover() }()
	if s.on {
		if v := s.window.Get("localStorage").Call("getItem", key); v.Type() == js.TypeString {
			text = v.String()
		}
	}
	return text
}

// path is that of the page's address.
func (s *screen) path() string {
	if !s.on {
		return ""
	}
	return s.window.Get("location").Get("pathname").String()
}

// rise scrolls the open item to its top.
func (s *screen) rise() {
	if s.on {
		if el := s.doc.Call("getElementById", detailID); el.Truthy() {
			el.Set("scrollTop", 0)
		}
	}
}

// isRight reports whether the page is read from right to left.
func (s *screen) isRight() bool {
	return s.on && s.doc.Get("documentElement").Get("dir").String() == "rtl"
}
