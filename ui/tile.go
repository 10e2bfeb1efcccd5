package ui

import (
	"path"
	"strconv"
	"strings"
	"sync"

	"ace/core"

	"github.com/vugu/vugu/js"
)

// mark is the property of a host element that names what it shows: a property,
// because the renderer removes attributes that it did not write.
const mark = "aceShows"

// mount fills a host element with an item's picture, film or wave form, unless
// it shows that already. large is the detail view's form, where a film has
// controls.
func mount(host js.Value, it *core.Item, large bool) {
	key := it.Kind.String() + " " + it.File
	if shows(host, key) {
		return
	}
	host.Set(mark, key)
	host.Call("replaceChildren", newFrame(it, large))
}

func shows(host js.Value, key string) bool {
	was := host.Get(mark)
	return was.Type() == js.TypeString && was.String() == key
}

// newFrame makes what has the size of a tile: the medium, and how long it lasts.
func newFrame(it *core.Item, large bool) js.Value {
	frame := element("span")
	frame.Set("className", "frame")
	var el js.Value
	switch {
	case it.Kind == core.Audio:
		el = newWave(it.File)
	case isFilmFile(it.File) && (large || it.Thumb == ""):
		el = newFilm(it, large)
	case it.Thumb != "" && !large:
		el = newPicture(it, it.Thumb)
	default:
		el = newPicture(it, it.File)
	}
	frame.Call("append", el)
	if it.Kind != core.Audio && !large {
		frame.Get("style").Set("backgroundColor", it.Colour) // what is no colour changes nothing
	}
	if it.Seconds >= 1 && !large {
		frame.Get("dataset").Set("time", clock(it.Seconds)) // drawn; the card's label says it
	}
	return frame
}

// fit gives a tile its size, in pixels.
func fit(host js.Value, width, height int) {
	frame := host.Get("firstChild")
	if was := frame.Get("aceSize"); was.Type() == js.TypeNumber && was.Int() == width<<16|height {
		return
	}
	frame.Set("aceSize", width<<16|height)
	style := frame.Get("style")
	style.Set("width", strconv.Itoa(width)+"px")
	style.Set("height", strconv.Itoa(height)+"px")
}

// kept holds the pictures and drawings of the cards that were made last, by their
// items' ids. When the
// list moves past the cards, a medium moves with its item, and is not loaded and
// faded in again.
var kept = map[string]js.Value{}

const mostKept = 400

// mountKept is mount for a card.
func mountKept(host js.Value, it *core.Item) {
	key := it.Kind.String() + " " + it.File
	if shows(host, key) && host.Get("firstChild").Truthy() {
		return
	}
	if el, ok := kept[it.ID]; ok && el.Get("isConnected").Bool() {
		host.Set(mark, key)
		host.Call("replaceChildren", el)
		return
	}
	host.Set(mark, "") // what it shows may have moved on
	mount(host, it, false)
	if len(kept) >= mostKept {
		clear(kept)
	}
	kept[it.ID] = host.Get("firstChild")
}

// newPicture shows a file of an item: its own, or its small one.
func newPicture(it *core.Item, file string) js.Value {
	img := element("img")
	img.Set("alt", "") // the name stands beside it
	img.Set("decoding", "async")
	img.Set("draggable", false)
	img.Set("aceFile", it.File) // by which photographs are told
	if it.Kind == core.Video && file != it.File {
		img.Set(moves, it.File)
	}
	img.Set("onload", pictureLoaded())
	img.Set("onerror", mediumFailed())
	img.Set("src", fileURL(file))
	return img
}

// subtitles is the key of an item's meta value that names a film's captions, a
// file of WebVTT.
const subtitles = "subtitles"

// newFilm makes a film: in the detail view it plays and has controls, in a card it
// shows its first picture and plays when it is pointed at.
func newFilm(it *core.Item, large bool) js.Value {
	v := element("video")
	v.Set("muted", !large)
	v.Set("loop", true)
	v.Set("playsInline", true)
	v.Set("controls", large)
	v.Set("autoplay", large && !js.Global().Call("matchMedia", "(prefers-reduced-motion: reduce)").Get("matches").Bool())
	v.Set("preload", "metadata")
	if it.Thumb != "" {
		v.Set("poster", fileURL(it.Thumb))
	}
	v.Set("onerror", mediumFailed())
	v.Set("src", fileURL(it.File))
	if file := it.Meta[subtitles]; file != "" && large {
		track := element("track")
		track.Set("kind", "captions")
		track.Set("label", t("Captions"))
		track.Set("default", true)
		track.Set("src", fileURL(file))
		v.Call("append", track)
	}
	return v
}

// mediumFailed puts a sign in the place of a medium that cannot be shown.
var mediumFailed = sync.OnceValue(func() js.Func {
	return js.FuncOf(func(el js.Value, _ []js.Value) any {
		sign := element("span")
		sign.Set("className", "gone")
		sign.Set("textContent", t("not available"))
		el.Call("replaceWith", sign)
		return nil
	})
})

// isFilmFile reports whether a file needs a video element; an animated GIF or
// WebP is shown by an img.
func isFilmFile(file string) bool {
	switch strings.ToLower(path.Ext(file)) {
	case ".mp4", ".m4v", ".webm", ".ogv", ".mov":
		return true
	}
	return false
}

func isAbsolute(url string) bool {
	return strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://")
}

// fileURL makes a URL of an item's file as a bundle has it: a URL relative to the
// page, of which no more is escaped than was forgotten, or an absolute one, which
// stays.
func fileURL(file string) string {
	if isAbsolute(file) {
		return file
	}
	const hex = "0123456789ABCDEF"
	b := []byte("./")
	for _, ch := range []byte(file) {
		if ch >= 0x80 || ch <= ' ' || strings.IndexByte(`\"<>^{|}`+"`", ch) >= 0 {
			b = append(b, '%', hex[ch>>4], hex[ch&15])
		} else {
			b = append(b, ch)
		}
	}
	return string(b)
}

// link is a URL to follow, as an attribute's value: nothing but the web.
func link(url string) any {
	if isAbsolute(url) {
		return url
	}
	return nil
}

func element(name string) js.Value {
	return js.Global().Get("document").Call("createElement", name)
}
