package cpu

import "math"

// BeamWords is how many words of a u32 buffer a beam takes.
const BeamWords = 8

// Beam is a prefix of an identifier during a search, as it lies in a buffer: six
// words and two that are not used.
type Beam struct {
	Lo, Hi  uint32  // the items that begin with the prefix; Lo == Hi where there is no beam
	LogProb float32 // of the prefix, in nats
	Rank    float32 // by which beams are chosen; Worst where there is none
	Parent  uint32  // place of the beam it continues
	Code    uint32  // that it adds
}

// Worst is the rank of what does not exist: any beam has a higher one.
const Worst float32 = -3.4e38

// LoadBeam reads beam i.
func LoadBeam(b []uint32, i int) Beam {
	w := b[i*BeamWords : (i+1)*BeamWords]
	return Beam{w[0], w[1], math.Float32frombits(w[2]), math.Float32frombits(w[3]), w[4], w[5]}
}

// StoreBeam writes beam i.
func StoreBeam(b []uint32, i int, s Beam) {
	copy(b[i*BeamWords:(i+1)*BeamWords], []uint32{s.Lo, s.Hi, math.Float32bits(s.LogProb), math.Float32bits(s.Rank), s.Parent, s.Code, 0, 0})
}
