package synth

import (
	"bytes"
	"encoding/binary"
	"hash/fnv"
	"math/rand/v2"
	"strings"
)

// Sound is one sound and the words about it.
type Sound struct {
	ID, Title, Group   string
	Captions, Keywords []string
	Wave               func(r *rand.Rand) wave
}

// All lists every sound, in a fixed order.
func All() (out []Sound) {
	for _, f := range []func() []Sound{music, drums, nature, machines, signals, animals, people, games} {
		out = append(out, f()...)
	}
	return out
}

// sound describes one sound: captions apart by "; ", keywords by blanks.
func sound(group, title, captions, keywords string, f func(r *rand.Rand) wave) Sound {
	return Sound{"sound-" + dashed(title), title, group,
		append([]string{title}, strings.Split(captions, "; ")...), append(strings.Fields(keywords), "sound"), f}
}

func dashed(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(s), ",", ""), " ", "-")
}

// WAV computes the sound as 16-bit mono PCM in a RIFF file. The randomness
// depends on nothing but the sound's id.
func (s Sound) WAV() []byte {
	h := fnv.New64a()
	h.Write([]byte(s.ID))
	w := s.Wave(rand.New(rand.NewPCG(h.Sum64(), 1))).normal()
	le := binary.LittleEndian
	var b bytes.Buffer
	size := uint32(2 * len(w))
	for _, v := range []any{
		[]byte("RIFF"), 36 + size, []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1),
		uint32(Rate), uint32(2 * Rate), uint16(2), uint16(16), []byte("data"), size,
	} {
		binary.Write(&b, le, v)
	}
	for _, v := range w {
		binary.Write(&b, le, int16(v*32767))
	}
	return b.Bytes()
}
