package media

import (
	"errors"
	"fmt"
	"time"
)

// recorder gathers the beginning of a sound: it mixes the channels down and
// stops when it has MaxSound.
type recorder struct {
	rate, channels int
	wave           []float32 // mono, at rate
}

const (
	minRate, maxRate = 1000, 768000 // of a recording, in Hz
	maxChannels      = 64
)

func newRecorder(rate, channels int) (*recorder, error) {
	if rate < minRate || rate > maxRate {
		return nil, fmt.Errorf("a sample rate of %d Hz cannot be read", rate)
	}
	if channels < 1 || channels > maxChannels {
		return nil, fmt.Errorf("%d channels cannot be read", channels)
	}
	return &recorder{rate: rate, channels: channels}, nil
}

// limit is how many samples of each channel are kept.
func (r *recorder) limit() int { return int(int64(r.rate) * int64(MaxSound) / int64(time.Second)) }

func (r *recorder) full() bool { return len(r.wave) >= r.limit() }

// add takes interleaved samples, whole frames of all channels. What is not a number counts as silence.
func (r *recorder) add(samples []float32) {
	for at := 0; at+r.channels <= len(samples) && !r.full(); at += r.channels {
		var sum float32
		for _, v := range samples[at : at+r.channels] {
			if v == v {
				sum += max(-1, min(1, v))
			}
		}
		r.wave = append(r.wave, sum/float32(r.channels))
	}
}

// sample is the recording, also at Rate. total counts the samples of each channel in the whole file.
func (r *recorder) sample(total int64) (Sample, error) {
	if len(r.wave) == 0 {
		return Sample{}, errors.New("it holds no sound")
	}
	total = max(total, int64(len(r.wave)))
	seconds := float64(total) / float64(r.rate)
	return Sample{Wave: resample(r.wave, r.rate), Recorded: r.wave, RecordedRate: r.rate, Duration: time.Duration(seconds * float64(time.Second))}, nil
}

// At is the sound at so many samples a second, made of what was recorded unless Wave
// has them; nil: there is none.
func (s *Sample) At(rate int) []float32 {
	if rate == Rate || len(s.Recorded) == 0 {
		return Resample(s.Wave, Rate, rate)
	}
	return Resample(s.Recorded, s.RecordedRate, rate)
}
