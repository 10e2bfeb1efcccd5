package media

import (
	"errors"
	"io"
	"os"

	"github.com/mewkiz/flac"
)

func decodeFLAC(f *os.File) (Sample, error) {
	if _, err := skipID3(f); err != nil {
		return Sample{}, err
	}
	stream, err := flac.New(f)
	if err != nil {
		return Sample{}, early(err)
	}
	channels, bits := int(stream.Info.NChannels), int(stream.Info.BitsPerSample)
	if bits < 4 || bits > 32 {
		return Sample{}, errors.New("bad FLAC: damaged headers")
	}
	rec, err := newRecorder(int(stream.Info.SampleRate), channels)
	if err != nil {
		return Sample{}, err
	}
	scale := 1 / float32(int64(1)<<(bits-1))
	var samples []float32
	for !rec.full() {
		frame, err := stream.ParseNext()
		if err == io.EOF {
			break
		}
		if err != nil {
			return Sample{}, early(err)
		}
		if len(frame.Subframes) != channels {
			return Sample{}, errors.New("bad FLAC: the number of channels changes")
		}
		n := len(frame.Subframes[0].Samples)
		samples = samples[:0]
		for i := range n {
			for _, s := range frame.Subframes {
				if len(s.Samples) != n {
					return Sample{}, errors.New("bad FLAC: the channels differ in length")
				}
				samples = append(samples, float32(s.Samples[i])*scale)
			}
		}
		rec.add(samples)
	}
	total := int64(stream.Info.NSamples)
	if !rec.full() {
		if total > int64(len(rec.wave)) {
			return Sample{}, io.ErrUnexpectedEOF
		}
		total = 0
	}
	return rec.sample(total)
}
