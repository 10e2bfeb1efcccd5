package media

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mewkiz/flac"
	"github.com/mewkiz/flac/frame"
	"github.com/mewkiz/flac/meta"

	"ace/core"
)

// made is a file of testdata: half a second of 1 kHz, made by ffmpeg from its
// sine source with -c:a libmp3lame, libopus or aac and -metadata.
func made(t testing.TB, name string) string {
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// flacFile is 1 kHz in the left of two channels, silence in the right.
func flacFile(t testing.TB, rate, n, bits int) string {
	var b bytes.Buffer
	enc, err := flac.NewEncoder(&b, &meta.StreamInfo{BlockSizeMin: 1000, BlockSizeMax: 1000, SampleRate: uint32(rate), NChannels: 2, BitsPerSample: uint8(bits), NSamples: uint64(n)})
	if err != nil {
		t.Fatal(err)
	}
	x := sine(n, rate, 1000)
	for at := 0; at < n; at += 1000 {
		left, right := &frame.Subframe{NSamples: 1000}, &frame.Subframe{NSamples: 1000}
		for i := range 1000 {
			left.Samples = append(left.Samples, int32(x[at+i]*math.Pow(2, float64(bits-1))))
			right.Samples = append(right.Samples, 0)
		}
		f := &frame.Frame{Header: frame.Header{HasFixedBlockSize: true, BlockSize: 1000, SampleRate: uint32(rate), Channels: frame.ChannelsLR, BitsPerSample: uint8(bits), Num: uint64(at / 1000)}, Subframes: []*frame.Subframe{left, right}}
		f.Subframes[0].SubHeader.Pred, f.Subframes[1].SubHeader.Pred = frame.PredVerbatim, frame.PredVerbatim
		if err := enc.WriteFrame(f); err != nil {
			t.Fatal(err)
		}
	}
	if err := enc.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestDecodeSounds(t *testing.T) {
	id3 := "ID3\x04\x00\x00\x00\x00\x01\x00" + string(make([]byte, 128))
	for _, c := range []struct {
		name, content string
		level, slack  float64
		lasts         time.Duration
	}{
		{"a.flac", flacFile(t, 16000, 16000, 16), 0.25, 0.005, time.Second},
		{"deep.flac", flacFile(t, 48000, 48000, 24), 0.25, 0.005, time.Second},
		{"tagged.flac", id3 + flacFile(t, 16000, 16000, 16), 0.25, 0.005, time.Second},
		{"a.mp3", made(t, "tone.mp3"), 0.125, 0.02, 500 * time.Millisecond},
		{"garbage.mp3", id3 + string(make([]byte, 3000)) + made(t, "tone.mp3"), 0.125, 0.02, 500 * time.Millisecond},
		{"a.opus", made(t, "tone.opus"), 0.125, 0.03, 500 * time.Millisecond},
	} {
		s, err := Decode(file(t, c.name, c.content), core.Audio)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if l := level(s.Wave, 1000); math.Abs(l-c.level) > c.slack {
			t.Errorf("%s: level %.3f, want %.3f", c.name, l, c.level)
		}
		if d := s.Duration - c.lasts; d < -time.Millisecond || d > 90*time.Millisecond {
			t.Errorf("%s: lasts %v, want %v", c.name, s.Duration, c.lasts)
		}
		if d := len(s.Wave) - int(s.Duration.Seconds()*Rate); d < -2 || d > 2 {
			t.Errorf("%s: %d samples of %v", c.name, len(s.Wave), s.Duration)
		}
	}
}

// TestCutSounds: a FLAC that says how long it is must be whole; an MP3 and an
// Opus play as far as they go.
func TestCutSounds(t *testing.T) {
	whole := flacFile(t, 16000, 16000, 16)
	if _, err := Decode(file(t, "a.flac", whole[:len(whole)/2]), core.Audio); err == nil {
		t.Error("half a FLAC is decoded")
	}
	mp3 := made(t, "tone.mp3")
	if s, err := Decode(file(t, "a.mp3", mp3[:len(mp3)*2/3]), core.Audio); err != nil || s.Duration > 450*time.Millisecond {
		t.Errorf("two thirds of an MP3: %v, %v", s.Duration, err)
	}
	if _, err := Decode(file(t, "a.mp3", "ID3\x04\x00\x00\x00\x00\x00\x10"+string(make([]byte, 99))), core.Audio); err == nil || Reason(err) != errMP3.Error() {
		t.Errorf("a tag without sound: %v", err)
	}
}
