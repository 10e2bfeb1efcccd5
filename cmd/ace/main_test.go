package main

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"math"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"ace/assets"
	"ace/train/onnx"

	"github.com/rogpeppe/go-internal/testscript"
)

// The test binary is the command itself when a story calls ace.
func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"ace": main}) }

// TestStories runs testdata/*.txtar: what a user types, and what comes of it.
// Beside the commands of testscript there are
//
//	png|gif|wav FILE N    writes a small medium that differs by N
//	collection DIR        writes 24 media of three kinds, with words, and DIR/items.jsonl
//	code N COMMAND...     wants exit code N
//	keys NAME             writes a pair of keys of minisign: NAME.public and NAME.secret
//	same A B              compares two files or folders byte by byte
//	pause DURATION        lets a command in the background work
//	network FILE KIND     writes a small network in the ONNX format for picture or sound
//	get URL FILE          writes the answer of a server that may be starting, headers first
//
// [page] holds where the command has the page in it, [gpu] where a graphics
// processor, if only one in software, has to be there, [onnx] where onnxruntime is.
// ADDR is a free address.
func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:             "testdata",
		ContinueOnError: true,
		Setup: func(env *testscript.Env) error {
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				return err
			}
			env.Setenv("ADDR", l.Addr().String())
			env.Setenv("ACE_GPU", os.Getenv("ACE_GPU"))
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, ".cache"))
			if lib, err := onnx.Open(""); err == nil {
				env.Setenv(onnx.Variable, lib.Path)
			}
			return l.Close()
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"png": medium(drawPNG), "gif": medium(drawGIF), "wav": medium(playWAV),
			"collection": collectionCmd,
			"code":       codeCmd,
			"same":       sameCmd,
			"keys":       keysCmd,
			"pause":      pauseCmd,
			"get":        getCmd,
			"network":    networkCmd,
		},
		Condition: func(name string) (bool, error) {
			switch name {
			case "page":
				_, err := assets.Page()
				return err == nil, nil
			case "gpu":
				return os.Getenv("ACE_GPU") != "", nil
			case "onnx":
				_, err := onnx.Open("")
				return err == nil || os.Getenv("ACE_ONNX") == "1", nil
			}
			return false, fmt.Errorf("unknown condition %s", name)
		},
	})
}

func codeCmd(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit := (*exec.ExitError)(nil)
		if !errors.As(err, &exit) {
			ts.Check(err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func pauseCmd(ts *testscript.TestScript, neg bool, args []string) {
	d, err := time.ParseDuration(args[0])
	ts.Check(err)
	time.Sleep(d)
}

func getCmd(ts *testscript.TestScript, neg bool, args []string) {
	var r *http.Response
	for wait := 0; ; wait++ {
		var err error
		if r, err = http.Get(args[0]); err == nil {
			break
		}
		if wait == 100 {
			ts.Check(err)
		}
		time.Sleep(50 * time.Millisecond)
	}
	defer r.Body.Close()
	var b bytes.Buffer
	fmt.Fprintln(&b, r.Status)
	ts.Check(r.Header.Write(&b))
	_, err := b.ReadFrom(r.Body)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b.Bytes(), 0o666))
}

func medium(draw func(n int) []byte) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) {
		n, err := strconv.Atoi(args[1])
		ts.Check(err)
		ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o777))
		ts.Check(os.WriteFile(ts.MkAbs(args[0]), draw(n), 0o666))
	}
}

func square(n, shift int) *image.Paletted {
	m := image.NewPaletted(image.Rect(0, 0, 32, 32), color.Palette{
		color.White, color.RGBA{uint8(n * 37), uint8(n * 91), uint8(n * 53), 255}})
	for y := range 12 + n%9 {
		for x := range 12 + n%5 {
			m.SetColorIndex((x+shift)%32, (y+n)%32, 1)
		}
	}
	return m
}

func drawPNG(n int) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, square(n, 3)); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func drawGIF(n int) []byte {
	g := &gif.GIF{}
	for i := range 4 {
		g.Image, g.Delay = append(g.Image, square(n, i*(1+n%3))), append(g.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// playWAV is half a second of a tone, 16-bit mono at 8 kHz.
func playWAV(n int) []byte {
	const rate, size = 8000, 8000
	le := func(v uint32, bytes int) string {
		return string([]byte{byte(v), byte(v >> 8), byte(v >> 16), byte(v >> 24)}[:bytes])
	}
	b := []byte("RIFF" + le(36+size, 4) + "WAVEfmt " + le(16, 4) + le(1, 2) + le(1, 2) + le(rate, 4) + le(2*rate, 4) + le(2, 2) + le(16, 2) + "data" + le(size, 4))
	for i := range size / 2 {
		v := int16(9000 * math.Sin(2*math.Pi*float64(200+60*n)*float64(i)/rate) * math.Exp(-float64(i*(n%4))/rate))
		b = append(b, byte(v), byte(v>>8))
	}
	return b
}

var (
	things  = []string{"dog", "house", "river", "train", "apple", "candle", "guitar", "mountain"}
	colours = []string{"red", "green", "blue"}
)

// collectionCmd writes 24 items: 8 pictures, 8 sounds, 8 films.
func collectionCmd(ts *testscript.TestScript, neg bool, args []string) {
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o777))
	var lines strings.Builder
	for i := range 24 {
		kind := []string{"picture", "sound", "film"}[i%3]
		ext := []string{".png", ".wav", ".gif"}[i%3]
		modality := []string{"image", "audio", "video"}[i%3]
		draw := []func(int) []byte{drawPNG, playWAV, drawGIF}[i%3]
		thing, colour := things[i/3], colours[i%3]
		file := fmt.Sprintf("%s-%s%s", colour, thing, ext)
		ts.Check(os.WriteFile(filepath.Join(dir, file), draw(i), 0o666))
		fmt.Fprintf(&lines, `{"id":"item-%02d","file":%q,"modality":%q,"title":"%s %s","captions":["a %s of a %s %s","the %s that is %s"],"keywords":[%q,%q],"meta":{"colour":%q}}`+"\n",
			i, file, modality, colour, thing, kind, colour, thing, thing, colour, thing, colour, colour)
	}
	ts.Check(os.WriteFile(filepath.Join(dir, "items.jsonl"), []byte(lines.String()), 0o666))
}

// sameCmd compares two files or two folders byte by byte.
func sameCmd(ts *testscript.TestScript, neg bool, args []string) {
	read := func(root string) map[string]string {
		out := map[string]string{}
		ts.Check(filepath.WalkDir(ts.MkAbs(root), func(p string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(p)
			rel, _ := filepath.Rel(ts.MkAbs(root), p)
			out[rel] = string(b)
			return err
		}))
		return out
	}
	a, b := read(args[0]), read(args[1])
	same := len(a) == len(b)
	for p := range a {
		same = same && a[p] == b[p]
	}
	if same == neg {
		ts.Fatalf("same: %v for %s (%d files) and %s (%d files)", same, args[0], len(a), args[1], len(b))
	}
}
