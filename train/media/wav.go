package media

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
)

// decodeWAV reads RIFF WAVE: integer samples of 8, 16, 24 and 32 bits and
// floating-point ones of 32 and 64, in the plain and the extensible form
// (Microsoft, "Multiple channel audio data and WAVE files"). Sizes of chunks
// are taken as claims: a sound that was written to a pipe says 0 or 2^32-1.
func decodeWAV(f *os.File) (Sample, error) {
	info, err := f.Stat()
	if err != nil {
		return Sample{}, err
	}
	r := bufio.NewReader(f)
	if _, err := r.Discard(12); err != nil { // RIFF, size, WAVE
		return Sample{}, early(err)
	}
	var fmtChunk []byte
	at := int64(12)
	for {
		var head [8]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			if err == io.EOF {
				return Sample{}, errors.New("it holds no data chunk")
			}
			return Sample{}, err
		}
		at += 8
		size := int64(binary.LittleEndian.Uint32(head[4:]))
		switch string(head[:4]) {
		case "data":
			left := info.Size() - at
			if size == 0 || size == math.MaxUint32 {
				size = left
			} else if size > left {
				return Sample{}, io.ErrUnexpectedEOF
			}
			return readWAV(io.LimitReader(r, size), fmtChunk, size)
		case "fmt ":
			if size < 16 || size > 1<<12 {
				return Sample{}, fmt.Errorf("bad WAV: a format chunk of %d bytes", size)
			}
			fmtChunk = make([]byte, size)
			if _, err := io.ReadFull(r, fmtChunk); err != nil {
				return Sample{}, early(err)
			}
			if size%2 == 1 {
				r.Discard(1)
			}
		default:
			if _, err := io.CopyN(io.Discard, r, size+size%2); err != nil {
				return Sample{}, early(err)
			}
			size += size % 2
		}
		at += size
	}
}

// readWAV reads size bytes of samples in the format that a chunk describes.
func readWAV(r io.Reader, format []byte, size int64) (Sample, error) {
	if format == nil {
		return Sample{}, errors.New("bad WAV: the data come before their format")
	}
	le := binary.LittleEndian
	code, channels, rate := le.Uint16(format), int(le.Uint16(format[2:])), le.Uint32(format[4:])
	bits := int(le.Uint16(format[14:]))
	if code == 0xfffe && len(format) >= 26 { // extensible: the code begins a GUID
		code = le.Uint16(format[24:])
	}
	convert, err := wavSample(code, bits)
	if err != nil {
		return Sample{}, err
	}
	rec, err := newRecorder(int(min(rate, math.MaxInt32)), channels)
	if err != nil {
		return Sample{}, err
	}
	width := bits / 8
	raw := make([]byte, 4096*channels*width)
	samples := make([]float32, 4096*channels)
	for !rec.full() {
		n, err := io.ReadFull(r, raw)
		for i := range n / width {
			samples[i] = convert(raw[i*width:])
		}
		rec.add(samples[:n/width])
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			break
		}
		if err != nil {
			return Sample{}, err
		}
	}
	return rec.sample(size / int64(channels*width))
}

// wavSample returns the conversion of one sample to [-1,1].
func wavSample(code uint16, bits int) (func([]byte) float32, error) {
	const pcm, float = 1, 3
	le := binary.LittleEndian
	switch {
	case code == pcm && bits == 8:
		return func(b []byte) float32 { return (float32(b[0]) - 128) / 128 }, nil
	case code == pcm && bits == 16:
		return func(b []byte) float32 { return float32(int16(le.Uint16(b))) / (1 << 15) }, nil
	case code == pcm && bits == 24:
		return func(b []byte) float32 {
			return float32(int32(uint32(b[0])<<8|uint32(b[1])<<16|uint32(b[2])<<24)>>8) / (1 << 23)
		}, nil
	case code == pcm && bits == 32:
		return func(b []byte) float32 { return float32(int32(le.Uint32(b))) / (1 << 31) }, nil
	case code == float && bits == 32:
		return func(b []byte) float32 { return math.Float32frombits(le.Uint32(b)) }, nil
	case code == float && bits == 64:
		return func(b []byte) float32 { return float32(math.Float64frombits(le.Uint64(b))) }, nil
	}
	return nil, fmt.Errorf("WAV with samples of format %d and %d bits cannot be read", code, bits)
}
