package bundle

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/x448/float16"
)

// maxHalf is the least magnitude that rounds to infinity in binary16.
const maxHalf = 65520

// appendHalf appends x as binary16, rounded to nearest, ties to even. A finite
// value that would become infinite is an error.
func appendHalf(b []byte, x []float32) ([]byte, error) {
	for i, v := range x {
		if a := math.Abs(float64(v)); a >= maxHalf && !math.IsInf(a, 0) {
			return nil, fmt.Errorf("element %d, %g, does not fit f16", i, v)
		}
		b = binary.LittleEndian.AppendUint16(b, float16.Fromfloat32(v).Bits())
	}
	return b, nil
}

// widen turns binary16 values as stored into float32, exactly.
func widen(b []byte) []float32 {
	x := make([]float32, len(b)/2)
	for i := range x {
		x[i] = float16.Frombits(binary.LittleEndian.Uint16(b[2*i:])).Float32()
	}
	return x
}
