package bundle

// DType is the type of a tensor's elements. All are little-endian.
type DType string

// The dtypes of feature version 1.
const (
	F32 DType = "f32" // IEEE 754 binary32
	F16 DType = "f16" // IEEE 754 binary16
	I8  DType = "i8"  // two's complement; quantised where NAME.scale exists
	U8  DType = "u8"
	U16 DType = "u16"
	U32 DType = "u32"
)

// Size is the size of one element in bytes, 0 for an unknown dtype.
func (d DType) Size() int {
	switch d {
	case F32, U32:
		return 4
	case F16, U16:
		return 2
	case I8, U8:
		return 1
	}
	return 0
}

// ScaleSuffix makes the name of the scales from the name of a quantised tensor:
// an i8 tensor NAME of shape [R, ...] whose values are q·s has beside it
// NAME.scale, f32 [R], one s for each index of the first dimension.
const ScaleSuffix = ".scale"
