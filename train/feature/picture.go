package feature

import "image"

// The picture descriptor: colours, gradients and layout of a picture brought
// to a square of pictureSide pixels, a small one of smallSide.
const (
	pictureSide  = 128
	smallSide    = 96 // more would be made up
	colourCells  = 3
	gradientGrid = 8
	layoutKeep   = 8
	pictureDims  = (1+colourCells*colourCells)*colourBins + gradientGrid*gradientGrid*orientations + layoutKeep*layoutKeep*3/2
)

func describePicture(m *image.RGBA) []float32 {
	p := squareOf(m)
	small := p.half()
	defer p.free()
	defer small.free()
	return describePlane(p, small)
}

// squareOf brings a picture to the size that it is described at.
func squareOf(m *image.RGBA) *plane {
	side := pictureSide
	if max(m.Bounds().Dx(), m.Bounds().Dy()) <= smallSide {
		side = smallSide
	}
	return toLab(m, side, side)
}

// describePlane describes a picture by itself and itself at half the size.
func describePlane(p, small *plane) []float32 {
	x := make([]float32, 0, pictureDims)
	x = colour(x, small, colourCells)
	x = gradients(x, p, gradientGrid)
	return layout(x, small, layoutKeep)
}
