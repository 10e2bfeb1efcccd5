package media

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-audio/audio"
	"github.com/go-audio/wav"

	"ace/core"
)

// sine is a tone of amplitude 0.5.
func sine(n, rate int, hz float64) []float64 {
	x := make([]float64, n)
	for i := range x {
		x[i] = 0.5 * math.Sin(2*math.Pi*hz*float64(i)/float64(rate))
	}
	return x
}

// level is the amplitude of the tone hz in a wave at Rate, its ends left out.
func level(wave []float32, hz float64) float64 {
	var c, s float64
	from, to := len(wave)/8, len(wave)*7/8
	for i := from; i < to; i++ {
		a := 2 * math.Pi * hz * float64(i) / Rate
		c += float64(wave[i]) * math.Cos(a)
		s += float64(wave[i]) * math.Sin(a)
	}
	return 2 * math.Hypot(c, s) / float64(to-from)
}

func TestDecodeWAV(t *testing.T) {
	const rate, n = 44100, 44100
	for _, bits := range []int{8, 16, 24, 32} { // written by another library
		p := filepath.Join(t.TempDir(), "a.wav")
		f, err := os.Create(p)
		if err != nil {
			t.Fatal(err)
		}
		e := wav.NewEncoder(f, rate, bits, 2, 1)
		buf := &audio.IntBuffer{Format: &audio.Format{NumChannels: 2, SampleRate: rate}, SourceBitDepth: bits}
		for _, v := range sine(n, rate, 1000) {
			x := int(math.Round(v * (math.Pow(2, float64(bits-1)) - 1)))
			if bits == 8 {
				x += 128
				buf.Data = append(buf.Data, x, 128)
			} else {
				buf.Data = append(buf.Data, x, 0)
			}
		}
		if err := e.Write(buf); err != nil {
			t.Fatal(err)
		}
		if err := e.Close(); err != nil {
			t.Fatal(err)
		}
		f.Close()
		s, err := Decode(p, core.Audio)
		if err != nil {
			t.Fatalf("%d bits: %v", bits, err)
		}
		if len(s.Wave) != Rate || s.Duration != time.Second {
			t.Errorf("%d bits: %d samples, %v", bits, len(s.Wave), s.Duration)
		}
		if l := level(s.Wave, 1000); math.Abs(l-0.25) > 0.005 { // one channel of two
			t.Errorf("%d bits: level %.4f, want 0.25", bits, l)
		}
	}
}

func TestWAVForms(t *testing.T) {
	var f32, f64, i16 bytes.Buffer
	for _, v := range sine(8000, 16000, 500) {
		binary.Write(&f32, binary.LittleEndian, float32(v))
		binary.Write(&f64, binary.LittleEndian, v)
		binary.Write(&i16, binary.LittleEndian, int16(v*32767))
	}
	plain := testWAV(1, 1, 16000, 16, i16.Bytes())
	size := func(n uint32) string { // with another size of the data
		b := []byte(plain)
		binary.LittleEndian.PutUint32(b[40:], n)
		return string(b)
	}
	extensible := plain[:16] + "\x28\x00\x00\x00\xfe\xff" + plain[22:36] + "\x16\x00\x10\x00\x04\x00\x00\x00\x01\x00" + strings.Repeat("\x00", 14) + plain[36:]
	list := plain[:12] + "LIST\x03\x00\x00\x00abc\x00" + plain[12:]
	for name, content := range map[string]string{
		"float32": testWAV(3, 1, 16000, 32, f32.Bytes()), "float64": testWAV(3, 1, 16000, 64, f64.Bytes()),
		"plain": plain, "pipe": size(math.MaxUint32), "pipe0": size(0), "extensible": extensible, "list": list,
	} {
		s, err := Decode(file(t, "a.wav", content), core.Audio)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if l := level(s.Wave, 500); len(s.Wave) != 8000 || math.Abs(l-0.5) > 0.002 {
			t.Errorf("%s: %d samples of level %.4f", name, len(s.Wave), l)
		}
	}
	for name, c := range map[string]struct{ content, want string }{
		"short":    {size(1 << 20), "unexpected EOF"},
		"nothing":  {testWAV(1, 1, 8000, 16, nil), "no sound"},
		"adpcm":    {testWAV(2, 1, 8000, 4, []byte{1, 2}), "format 2 and 4 bits cannot be read"},
		"channels": {testWAV(1, 1000, 8000, 16, []byte{1, 2}), "1000 channels cannot be read"},
		"rate":     {testWAV(1, 1, 0, 16, []byte{1, 2}), "a sample rate of 0 Hz"},
		"headless": {plain[:12] + plain[36:], "the data come before their format"},
		"dataless": {plain[:36], "no data chunk"},
	} {
		if _, err := Decode(file(t, "a.wav", c.content), core.Audio); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got error %v, want %q", name, err, c.want)
		}
	}
}

func TestLongAndLoud(t *testing.T) {
	s, err := Decode(file(t, "a.wav", testWAV(1, 1, 8000, 8, bytes.Repeat([]byte{128, 255}, 4000*40))), core.Audio)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Wave) != 30*Rate || s.Duration != 40*time.Second {
		t.Errorf("%d samples of %v", len(s.Wave), s.Duration)
	}
	var wild bytes.Buffer
	for _, v := range []float32{float32(math.NaN()), float32(math.Inf(1)), -1e30, 0.5} {
		binary.Write(&wild, binary.LittleEndian, v)
	}
	if s, err = Decode(file(t, "a.wav", testWAV(3, 1, Rate, 32, wild.Bytes())), core.Audio); err != nil {
		t.Fatal(err)
	}
	for i, want := range []float32{0, 1, -1, 0.5} {
		if s.Wave[i] != want {
			t.Errorf("sample %d is %v, want %v", i, s.Wave[i], want)
		}
	}
}

// TestResample: tones keep their level up to 6.8 kHz, and what lies above half
// the new rate is gone instead of folded down.
func TestResample(t *testing.T) {
	for _, rate := range []int{8000, 11025, 22050, 32000, 44100, 44101, 48000, 96000, 192000} {
		tone := func(hz float64) []float32 {
			x := make([]float32, rate/2)
			for i, v := range sine(len(x), rate, hz) {
				x[i] = float32(v)
			}
			return resample(x, rate)
		}
		for _, hz := range []float64{100, 1000, 3000, 6800} {
			if hz > 0.42*float64(rate) {
				continue
			}
			if l := level(tone(hz), hz); math.Abs(l-0.5) > 0.01 {
				t.Errorf("%d Hz: tone of %v Hz has level %.4f, want 0.5", rate, hz, l)
			}
		}
		if n := len(tone(100)); n != (rate/2*Rate+rate-1)/rate {
			t.Errorf("%d Hz: %d samples", rate, n)
		}
		if rate < 22050 {
			continue
		}
		for _, hz := range []float64{9500, 10500} {
			if l := level(tone(hz), Rate-hz); l > 0.005 {
				t.Errorf("%d Hz: tone of %v Hz comes back at %v Hz with level %.4f", rate, hz, Rate-hz, l)
			}
		}
	}
}

// vorbisFile is a recording that the decoder's own tests use.
func vorbisFile(t testing.TB) string {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/jfreymuth/oggvorbis").Output()
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "testdata", "test.ogg"))
	if err != nil {
		t.Skipf("no Ogg Vorbis file to test with: %v", err)
	}
	return string(b)
}

func TestDecodeVorbis(t *testing.T) {
	whole := vorbisFile(t)
	s, err := Decode(file(t, "a.ogg", whole), core.Audio)
	if err != nil {
		t.Fatal(err)
	}
	if want := int(s.Duration.Seconds()*Rate + 0.5); math.Abs(float64(len(s.Wave)-want)) > 1 || len(s.Wave) < Rate/10 {
		t.Errorf("%d samples of %v", len(s.Wave), s.Duration)
	}
	var loud float64
	for _, v := range s.Wave {
		loud = max(loud, math.Abs(float64(v)))
	}
	if loud < 0.01 || loud > 1 {
		t.Errorf("loudest sample %v", loud)
	}
	if _, err := Decode(file(t, "a.ogg", whole[:len(whole)*2/3]), core.Audio); err == nil {
		t.Error("half a file is decoded")
	}
}

// TestVorbisHeaders damages what the decoder would trust.
func TestVorbisHeaders(t *testing.T) {
	whole := vorbisFile(t)
	if err := checkVorbis(strings.NewReader(whole)); err != nil {
		t.Fatal(err)
	}
	comments := strings.Index(whole, "\x03vorbis") + 7
	setup := strings.Index(whole, "\x05vorbis") + 7
	vendor := int(binary.LittleEndian.Uint32([]byte(whole[comments:])))
	for name, at := range map[string]int{"vendor": comments + 3, "count": comments + 4 + vendor + 3, "books": setup + 1, "entries": setup + 8} {
		b := []byte(whole)
		b[at] ^= 0x7f
		if err := checkVorbis(bytes.NewReader(b)); err == nil {
			t.Errorf("%s: not noticed", name)
		}
	}
	flat := []byte(whole)
	flat[setup+4], flat[setup+5] = 0, 0 // a codebook of no dimensions
	if err := checkVorbis(bytes.NewReader(flat)); err == nil {
		t.Error("dimensions: not noticed")
	}
	for n := range setup + 20 {
		if err := checkVorbis(strings.NewReader(whole[:n])); err == nil {
			t.Errorf("cut at %d: not noticed", n)
		}
	}
}
