package feature

import "image"

// The picture descriptor: colours, gradients and layout of a picture brought
// to a square of pictureSide pixels.
const (
	pictureSide  = 128
	colourCells  = 3
	gradientGrid = 8
	layoutKeep   = 8
	pictureDims  = (1+colourCells*colourCells)*colourBins + gradientGrid*gradientGrid*orientations + layoutKeep*layoutKeep*3/2
)

func describePicture(m *image.RGBA) []float32 {
	p := toLab(m, pictureSide, pictureSide)
	return describePlane(p, p.half())
}

// describePlane describes a picture by itself and itself at half the size.
func describePlane(p, small *plane) []float32 {
	x := make([]float32, 0, pictureDims)
	x = colour(x, small, colourCells)
	x = gradients(x, p, gradientGrid)
	return layout(x, small, layoutKeep)
}
