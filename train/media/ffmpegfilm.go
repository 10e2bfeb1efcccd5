package media

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"slices"
	"strconv"
	"time"

	"ace/core"
)

func foreignSound(ffmpeg, path string, p probed) (Sample, error) {
	const rate = 48000 // our own resampling follows
	b, err := call(4*rate*int64(MaxSound/time.Second), ffmpeg, "-nostdin", "-threads", "1", "-i", "file:"+path, "-map", "0:a:0",
		"-t", strconv.Itoa(int(MaxSound/time.Second)), "-ac", "1", "-ar", strconv.Itoa(rate), "-c:a", "pcm_f32le", "-f", "f32le", "pipe:1")
	if err != nil {
		return Sample{}, err
	}
	rec, err := newRecorder(rate, 1)
	if err != nil {
		return Sample{}, err
	}
	samples := make([]float32, len(b)/4)
	for i := range samples {
		samples[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	rec.add(samples)
	return rec.sample(int64(p.lasts().Seconds() * rate))
}

// hear adds the sound track of a film, if there is one that can be read.
func (s *Sample) hear(ffmpeg, path string, p probed) {
	if !slices.ContainsFunc(p.Streams, func(s stream) bool { return s.Kind == "audio" }) {
		return
	}
	if sound, err := foreignSound(ffmpeg, path, p); err == nil {
		s.Wave, s.Recorded, s.RecordedRate = sound.Wave, sound.Recorded, sound.RecordedRate
	}
}

// foreignFilm takes MaxFrames frames, evenly spread.
func foreignFilm(ffmpeg, path string, p probed, kind core.Kind, preview bool) (Sample, error) {
	s := Sample{Duration: p.lasts()}
	for _, stream := range p.Streams {
		if stream.Kind != "video" || stream.Disposition["attached_pic"] == 1 || s.Width > 0 {
			continue
		}
		s.Width, s.Height = stream.Width, stream.Height
		for _, d := range stream.SideData {
			if int(d.Rotation)%180 != 0 {
				s.Width, s.Height = s.Height, s.Width
			}
		}
	}
	if s.Width == 0 {
		return Sample{}, errors.New("it holds no moving pictures")
	}
	if err := checkSize(s.Width, s.Height); err != nil {
		return Sample{}, err
	}
	if int64(s.Width)*int64(s.Height) > largePixels {
		large.Lock()
		defer large.Unlock()
	}
	n := MaxFrames
	if kind == core.Image {
		n = 1
	}
	side := strconv.Itoa(PreviewSide)
	scale := "scale=w='min(" + side + ",iw)':h='min(" + side + ",ih)':force_original_aspect_ratio=decrease:flags=area"
	frames := func(at time.Duration, rate string, n int) error {
		args := []string{"-nostdin", "-threads", "1", "-ss", seconds(at), "-i", "file:" + path, "-map", "0:V:0", "-vf", rate + scale,
			"-frames:v", strconv.Itoa(n), "-c:v", "ppm", "-pix_fmt", "rgb24", "-f", "image2pipe", "pipe:1"}
		b, err := call(int64(n)*(PreviewSide*PreviewSide*3+64), ffmpeg, args...)
		if err != nil {
			return err
		}
		return s.addPPM(b, preview)
	}
	var err error
	if n == 1 || s.Duration <= shortFilm {
		rate := ""
		if n > 1 {
			rate = fmt.Sprintf("fps=%s,", seconds(time.Duration(float64(n)/max(s.Duration.Seconds(), 1)*float64(time.Second))))
		}
		err = frames(0, rate, n)
	} else {
		for i := range n {
			if err = frames(s.Duration*time.Duration(i)/time.Duration(n), "", 1); err != nil {
				break
			}
		}
	}
	if len(s.Frames) == 0 {
		if err == nil {
			err = errors.New("it holds no moving pictures")
		}
		return Sample{}, err
	}
	if kind == core.Image {
		s.Duration = 0
		return s, nil
	}
	s.hear(ffmpeg, path, p)
	s.Delays = make([]time.Duration, len(s.Frames))
	for i := range s.Delays {
		s.Delays[i] = s.Duration / time.Duration(len(s.Frames))
	}
	return s, nil
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 3, 64) }

// addPPM appends pictures in the binary form of netpbm, one after the other,
// scaled; a last one that breaks off is left out.
func (s *Sample) addPPM(b []byte, preview bool) error {
	r := bufio.NewReader(bytes.NewReader(b))
	for {
		var w, h, top int
		if _, err := fmt.Fscanf(r, "P6\n%d %d\n%d\n", &w, &h, &top); err != nil {
			return nil
		}
		if w < 1 || h < 1 || w > PreviewSide || h > PreviewSide || top != 255 {
			return fmt.Errorf("ffmpeg gave a picture of %d x %d", w, h)
		}
		rgb := make([]byte, 3*w*h)
		if _, err := io.ReadFull(r, rgb); err != nil {
			return nil
		}
		m := image.NewRGBA(image.Rect(0, 0, w, h))
		for i := range w * h {
			copy(m.Pix[4*i:], rgb[3*i:3*i+3])
			m.Pix[4*i+3] = 0xff
		}
		s.Frames = append(s.Frames, fit(m))
		if preview {
			s.poster(m)
		}
	}
}
