package media

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/pion/opus"
)

const (
	opusRate   = 48000 // in which an Ogg Opus counts, whatever it was made from
	opusFrame  = 5760  // samples of a packet at most: 120 ms
	maxOpusRun = 64 << 20
)

// decodeOpus reads an Ogg Opus file of one or two channels (RFC 7845).
func decodeOpus(f *os.File) (Sample, error) {
	o := &oggReader{r: bufio.NewReader(f), most: maxOpusRun}
	head, err := o.packet()
	if err != nil {
		return Sample{}, early(err)
	}
	if len(head) < 19 || string(head[:8]) != "OpusHead" {
		return Sample{}, errors.New("bad Opus: damaged headers")
	}
	channels, skip := int(head[9]), int(binary.LittleEndian.Uint16(head[10:]))
	if head[18] != 0 || channels != 1 && channels != 2 {
		return Sample{}, fmt.Errorf("opus of %d channels cannot be read", channels)
	}
	if _, err := o.packet(); err != nil { // the comments
		return Sample{}, early(err)
	}
	decoder, err := opus.NewDecoderWithOutput(opusRate, channels)
	if err != nil {
		return Sample{}, err
	}
	rec, err := newRecorder(opusRate, channels)
	if err != nil {
		return Sample{}, err
	}
	samples := make([]float32, opusFrame*channels)
	left := skip
	for !rec.full() {
		packet, err := o.packet()
		if err == io.EOF {
			break
		}
		if err != nil {
			return Sample{}, err
		}
		n, err := decoder.DecodeToFloat32(packet, samples)
		if err != nil {
			return Sample{}, fmt.Errorf("bad Opus: %w", err)
		}
		drop := min(left, n)
		left -= drop
		rec.add(samples[drop*channels : n*channels])
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return Sample{}, err
	}
	total := oggLength(bufio.NewReader(f)) - int64(skip)
	if n := int64(len(rec.wave)); !rec.full() && total > 0 && total < n {
		rec.wave = rec.wave[:total] // the last packet is longer than the sound
	}
	return rec.sample(total)
}
