package media

import (
	"encoding/binary"
	"image"
	"image/color"

	"golang.org/x/image/draw"
)

// shrink averages blocks of k x k pixels, drawn on white; those at the right and
// lower edge may be smaller. It reads a row at a time, so that it takes little
// beside the picture.
func shrink(m image.Image, k int) *image.RGBA {
	if m, ok := m.(*image.YCbCr); ok {
		if out := shrinkYCbCr(m, k); out != nil {
			return out
		}
	}
	b := m.Bounds()
	w, h := (b.Dx()+k-1)/k, (b.Dy()+k-1)/k
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	row := image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))
	sums := make([][3]uint64, w)
	for y := range h {
		clear(sums)
		last := min((y+1)*k, b.Dy())
		for from := y * k; from < last; from++ {
			for i := range row.Pix {
				row.Pix[i] = 0xff
			}
			draw.Draw(row, row.Bounds(), m, image.Pt(b.Min.X, b.Min.Y+from), draw.Over)
			for x := range sums {
				var red, green, blue uint64
				for p := row.Pix[4*x*k : 4*min((x+1)*k, b.Dx())]; len(p) >= 4; p = p[4:] {
					red, green, blue = red+uint64(p[0]), green+uint64(p[1]), blue+uint64(p[2])
				}
				sums[x][0] += red
				sums[x][1] += green
				sums[x][2] += blue
			}
		}
		for x, s := range sums {
			n := uint64((last - y*k) * (min((x+1)*k, b.Dx()) - x*k))
			p := out.Pix[4*(y*w+x):]
			p[0], p[1], p[2], p[3] = byte((s[0]+n/2)/n), byte((s[1]+n/2)/n), byte((s[2]+n/2)/n), 0xff
		}
	}
	return out
}

// shrinkYCbCr averages the three planes and makes colours of the blocks alone;
// nil where these do not fall on whole samples of colour.
func shrinkYCbCr(m *image.YCbCr, k int) *image.RGBA {
	kx, ky := k, k
	switch m.SubsampleRatio {
	case image.YCbCrSubsampleRatio444:
	case image.YCbCrSubsampleRatio422:
		kx /= 2
	case image.YCbCrSubsampleRatio420:
		kx, ky = kx/2, ky/2
	case image.YCbCrSubsampleRatio440:
		ky /= 2
	default:
		return nil
	}
	b := m.Bounds()
	if k%2 == 1 && kx*ky != k*k || b.Min != (image.Point{}) {
		return nil
	}
	luma := shrinkPlane(m.Y, m.YStride, b.Dx(), b.Dy(), k, k)
	cw, ch := (b.Dx()*kx+k-1)/k, (b.Dy()*ky+k-1)/k
	blue, red := shrinkPlane(m.Cb, m.CStride, cw, ch, kx, ky), shrinkPlane(m.Cr, m.CStride, cw, ch, kx, ky)
	out := image.NewRGBA(image.Rect(0, 0, (b.Dx()+k-1)/k, (b.Dy()+k-1)/k))
	for i := range luma {
		p := out.Pix[4*i:]
		p[0], p[1], p[2] = color.YCbCrToRGB(luma[i], blue[i], red[i])
		p[3] = 0xff
	}
	return out
}

// shrinkPlane averages blocks of kx x ky samples. Rows are added up eight samples
// at a time, those at even and at odd places apart, so that each sum has 16 bits.
func shrinkPlane(pix []byte, stride, width, height, kx, ky int) []byte {
	const lanes, most = 0x00ff00ff00ff00ff, 256 // rows that fit the 16 bits
	w, h := (width+kx-1)/kx, (height+ky-1)/ky
	out := make([]byte, w*h)
	sums := make([]uint64, w)
	words := width / 8
	even, odd := make([]uint64, words), make([]uint64, words)
	for y := range h {
		clear(sums)
		last := min((y+1)*ky, height)
		for from := y * ky; from < last; from += most {
			clear(even)
			clear(odd)
			for r := from; r < min(from+most, last); r++ {
				row := pix[r*stride:][:width]
				odd := odd[:len(even)]
				for i := range even {
					v := binary.LittleEndian.Uint64(row)
					row = row[8:]
					even[i] += v & lanes
					odd[i] += v >> 8 & lanes
				}
				for i, v := range row {
					sums[(8*words+i)/kx] += uint64(v)
				}
			}
			x, left := 0, kx // the block, and how many of its columns are to come
			for i, e := range even {
				o := odd[i]
				for range 4 {
					sums[x] += e & 0xffff
					if left--; left == 0 {
						x, left = x+1, kx
					}
					sums[x] += o & 0xffff
					if left--; left == 0 {
						x, left = x+1, kx
					}
					e, o = e>>16, o>>16
				}
			}
		}
		for x, sum := range sums {
			n := uint64((last - y*ky) * (min((x+1)*kx, width) - x*kx))
			out[y*w+x] = byte((sum + n/2) / n)
		}
	}
	return out
}
