package ui

import (
	"encoding/binary"
	"errors"
	"math"
	"strconv"

	"github.com/vugu/vugu/js"
)

// The wave form of a sound is drawn from the sound itself, which is fetched
// and decoded when its tile is shown. Until then, and where that fails or
// would cost too much, the line is flat.
const (
	bars       = 40
	waveWidth  = 160
	waveHeight = 96
	waveRate   = 8000    // samples a second that are decoded
	waveBytes  = 2 << 20 // the largest file that is fetched for its wave form
	wavesKept  = 256     // wave forms remembered
)

const svgSpace = "http://www.w3.org/2000/svg"

// newWave makes the drawing and asks for its wave form.
func newWave(file string) js.Value {
	doc := js.Global().Get("document")
	svg := doc.Call("createElementNS", svgSpace, "svg")
	svg.Call("setAttribute", "class", "wave")
	svg.Call("setAttribute", "viewBox", "0 0 "+strconv.Itoa(waveWidth)+" "+strconv.Itoa(waveHeight))
	svg.Call("setAttribute", "preserveAspectRatio", "none")
	svg.Call("setAttribute", "aria-hidden", "true")
	for _, class := range []string{"all", "played"} {
		p := doc.Call("createElementNS", svgSpace, "path")
		p.Call("setAttribute", "class", class)
		svg.Call("append", p)
	}
	drawing, known := waves.drawings[file]
	if !known {
		drawing = wavePath(nil)
		waves.want(waveJob{svg, file})
	}
	draw(svg, drawing)
	return svg
}

func draw(svg js.Value, drawing string) {
	for p := svg.Get("firstChild"); p.Truthy(); p = p.Get("nextSibling") {
		p.Call("setAttribute", "d", drawing)
	}
}

// wavePath draws a bar for each peak, symmetric about the middle; no peaks
// draw a row of dots.
func wavePath(peaks []float32) string {
	b := make([]byte, 0, bars*16)
	for i := range bars {
		half := 0.75
		if len(peaks) == bars {
			half = max(half, float64(peaks[i])*(waveHeight/2-2))
		}
		x := (float64(i) + 0.5) * waveWidth / bars
		b = append(b, 'M')
		b = strconv.AppendFloat(b, x, 'f', -1, 64)
		b = append(b, ' ')
		b = strconv.AppendFloat(b, waveHeight/2-half, 'f', 1, 64)
		b = append(b, 'V')
		b = strconv.AppendFloat(b, waveHeight/2+half, 'f', 1, 64)
	}
	return string(b)
}

// peaksOf cuts a wave (float32, little-endian) into n pieces and gives the
// root mean square of each, the largest being 1. The square root of that tells
// quiet from silent to the eye.
func peaksOf(wave []byte, n int) []float32 {
	peaks := make([]float32, n)
	total := len(wave) / 4
	var top float64
	for i := range peaks {
		from, to := i*total/n, (i+1)*total/n
		var sum float64
		for j := from; j < to; j++ {
			v := float64(math.Float32frombits(binary.LittleEndian.Uint32(wave[4*j:])))
			sum += v * v
		}
		rms := math.Sqrt(sum / float64(max(to-from, 1)))
		peaks[i] = float32(rms)
		top = max(top, rms)
	}
	for i := range peaks {
		if top > 0 {
			peaks[i] = float32(math.Sqrt(float64(peaks[i]) / top))
		}
	}
	return peaks
}

type waveJob struct {
	svg  js.Value
	file string
}

// waveQueue draws wave forms one after another, newest first; one whose tile
// shows something else by then is passed over.
type waveQueue struct {
	jobs     []waveJob
	running  bool
	drawings map[string]string // file -> path
}

var waves = waveQueue{drawings: map[string]string{}}

func (w *waveQueue) want(j waveJob) {
	if isAbsolute(j.file) {
		return // the page may show media of other origins, not read them
	}
	w.jobs = append(w.jobs, j)
	if !w.running {
		w.running = true
		go w.run()
	}
}

func (w *waveQueue) run() {
	for len(w.jobs) > 0 {
		j := w.jobs[len(w.jobs)-1]
		w.jobs = w.jobs[:len(w.jobs)-1]
		if !j.svg.Get("isConnected").Bool() {
			continue
		}
		drawing, known := w.drawings[j.file]
		if !known {
			drawing = wavePath(nil)
			if wave, err := decode(fileURL(j.file)); err == nil {
				drawing = wavePath(peaksOf(wave, bars))
			}
			if len(w.drawings) >= wavesKept {
				clear(w.drawings)
			}
			w.drawings[j.file] = drawing
		}
		draw(j.svg, drawing)
	}
	w.running = false
}

var errTooLarge = errors.New("too large to draw")

// decode fetches a sound and gives its first channel as float32 bytes.
func decode(url string) ([]byte, error) {
	g := js.Global()
	r, err := await(g.Call("fetch", url))
	if err != nil {
		return nil, err
	}
	if !r.Get("ok").Bool() {
		return nil, errors.New("status " + strconv.Itoa(r.Get("status").Int()))
	}
	if n, err := strconv.Atoi(r.Get("headers").Call("get", "content-length").String()); err == nil && n > waveBytes {
		r.Get("body").Call("cancel")
		return nil, errTooLarge
	}
	data, err := await(r.Call("arrayBuffer"))
	if err != nil {
		return nil, err
	}
	if data.Get("byteLength").Int() > waveBytes {
		return nil, errTooLarge
	}
	ctx := g.Get("OfflineAudioContext").New(1, 1, waveRate)
	sound, err := await(ctx.Call("decodeAudioData", data))
	if err != nil {
		return nil, err
	}
	ch := sound.Call("getChannelData", 0)
	view := g.Get("Uint8Array").New(ch.Get("buffer"), ch.Get("byteOffset"), ch.Get("byteLength"))
	wave := make([]byte, view.Length())
	js.CopyBytesToGo(wave, view)
	return wave, nil
}

// await blocks the goroutine until a promise settles. It must not be called
// by a function that the browser called.
func await(promise js.Value) (js.Value, error) {
	type settled struct {
		v  js.Value
		ok bool
	}
	ch := make(chan settled, 1)
	settle := func(ok bool) js.Func {
		return js.FuncOf(func(_ js.Value, args []js.Value) any {
			v := js.Undefined()
			if len(args) > 0 {
				v = args[0]
			}
			ch <- settled{v, ok}
			return nil
		})
	}
	yes, no := settle(true), settle(false)
	defer yes.Release()
	defer no.Release()
	promise.Call("then", yes, no)
	s := <-ch
	if !s.ok {
		return s.v, errors.New(s.v.Call("toString").String())
	}
	return s.v, nil
}
