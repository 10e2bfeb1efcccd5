package media

import (
	"errors"
	"io"
	"os"

	"github.com/jfreymuth/oggvorbis"
)

func decodeVorbis(f *os.File) (Sample, error) {
	if err := checkVorbis(f); err != nil {
		return Sample{}, err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return Sample{}, err
	}
	v, err := oggvorbis.NewReader(f)
	if err != nil {
		return Sample{}, early(err)
	}
	rec, err := newRecorder(v.SampleRate(), v.Channels())
	if err != nil {
		return Sample{}, err
	}
	samples := make([]float32, 8192/v.Channels()*v.Channels())
	for empty := 0; !rec.full(); {
		n, err := v.Read(samples)
		rec.add(samples[:n])
		if err == io.EOF {
			break
		}
		if err != nil {
			return Sample{}, err
		}
		if empty++; n > 0 {
			empty = 0
		}
		if empty > 1000 {
			return Sample{}, errors.New("bad Ogg Vorbis: packets without sound")
		}
	}
	return rec.sample(v.Length())
}
