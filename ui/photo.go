package ui

import (
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/vugu/vugu/js"
)

// A photograph fills its tile and is cropped; an emblem stands in its middle
// whole, on the tile's own ground. Which one a picture is shows at its edge.

// ground is what the edge of a picture is.
type ground uint8

const (
	unknown     ground = iota // of another origin, whose pixels a page may not read
	transparent               // an eighth of it or more
	white                     // a quarter of it or more, or all four corners
	painted
)

// pictureLoaded tells photographs from emblems, and style.css how large a
// picture is.
var pictureLoaded = sync.OnceValue(func() js.Func {
	return js.FuncOf(func(img js.Value, _ []js.Value) any {
		w, h := img.Get("naturalWidth").Int(), img.Get("naturalHeight").Int()
		classes := img.Get("classList")
		if isPhoto(img.Get("aceFile").String(), w, h, groundOf(img)) {
			classes.Call("add", "photo")
		} else if frame := img.Get("parentNode"); frame.Truthy() {
			frame.Get("style").Set("backgroundColor", "") // an emblem has the tile's ground
		}
		img.Get("style").Call("setProperty", "--natural", strconv.Itoa(w)+"px")
		classes.Call("add", "here")
		return nil
	})
})

// isPhoto decides for a file of w x h pixels.
func isPhoto(file string, w, h int, g ground) bool {
	file, _, _ = strings.Cut(file, "?")
	jpeg := false
	switch strings.ToLower(path.Ext(file)) {
	case ".jpg", ".jpeg":
		jpeg = true
	}
	if g == unknown {
		return jpeg || min(w, h) >= 240 && w != h
	}
	return g == painted || g == white && jpeg
}

// side is that of the small copy of a picture whose edge is looked at.
const side = 16

var copyOf = sync.OnceValue(func() js.Value {
	canvas := element("canvas")
	canvas.Set("width", side)
	canvas.Set("height", side)
	return canvas.Call("getContext", "2d", map[string]any{"willReadFrequently": true})
})

// groundOf looks at the edge of a loaded picture.
func groundOf(img js.Value) (g ground) {
	defer func() {
		if recover() != nil { // a picture of another origin may be drawn, not read
			g = unknown
		}
	}()
	ctx := copyOf()
	ctx.Call("clearRect", 0, 0, side, side)
	ctx.Call("drawImage", img, 0, 0, side, side)
	pixels := make([]byte, 4*side*side)
	js.CopyBytesToGo(pixels, ctx.Call("getImageData", 0, 0, side, side).Get("data"))
	return groundOfPixels(pixels)
}

// groundOfPixels looks at the edge of side x side pixels, RGBA.
func groundOfPixels(rgba []byte) ground {
	clear, light, corners, all := 0, 0, 0, 0
	for y := range side {
		for x := range side {
			if x > 0 && x < side-1 && y > 0 && y < side-1 {
				continue
			}
			all++
			p := rgba[4*(y*side+x):][:4]
			switch {
			case p[3] < 250:
				clear++
			case min(p[0], p[1], p[2]) >= 246:
				light++
				if x%(side-1) == 0 && y%(side-1) == 0 {
					corners++
				}
			}
		}
	}
	switch {
	case 8*clear >= all:
		return transparent
	case 4*light >= all || corners == 4:
		return white
	}
	return painted
}
