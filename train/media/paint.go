package media

import (
	"encoding/binary"
	"image"
	"image/draw"
)

// paint draws a picture over another, as draw.Draw does with draw.Over; what that
// takes a colour at a time faster.
func paint(dst *image.RGBA, area image.Rectangle, src image.Image, from image.Point) {
	switch m := src.(type) {
	case *image.Paletted:
		paintPalette(dst, area, m, from)
	case *image.RGBA:
		paintRGBA(dst, area, m, from)
	default:
		draw.Draw(dst, area, src, from, draw.Over)
	}
}

// paintRGBA passes over what is transparent and copies what is opaque.
func paintRGBA(dst *image.RGBA, area image.Rectangle, m *image.RGBA, from image.Point) {
	shift := from.Sub(area.Min)
	area = area.Intersect(dst.Bounds()).Intersect(m.Bounds().Sub(shift))
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := m.Pix[m.PixOffset(area.Min.X+shift.X, y+shift.Y):][:4*area.Dx()]
		to := dst.Pix[dst.PixOffset(area.Min.X, y):][:len(row)]
		for ; len(row) >= 4 && len(to) >= 4; row, to = row[4:], to[4:] {
			switch row[3] {
			case 0xff:
				binary.LittleEndian.PutUint32(to, binary.LittleEndian.Uint32(row))
			case 0:
			default:
				left := (0xffff - uint32(row[3])*0x101) * 0x101
				for k := range 4 {
					to[k] = byte((uint32(to[k])*left/0xffff + uint32(row[k])*0x101) >> 8)
				}
			}
		}
	}
}

// paintPalette mixes colours by a table.
func paintPalette(dst *image.RGBA, area image.Rectangle, m *image.Paletted, from image.Point) {
	shift := from.Sub(area.Min)
	area = area.Intersect(dst.Bounds()).Intersect(m.Bounds().Sub(shift))
	var table [256][4]uint32 // colours of 16 bits, and what they leave of the ground
	for i, c := range m.Palette {
		r, g, b, a := c.RGBA()
		table[i] = [4]uint32{r, g, b, 0xffff - a}
	}
	for i := len(m.Palette); i < len(table); i++ {
		table[i][3] = 0xffff
	}
	for y := area.Min.Y; y < area.Max.Y; y++ {
		row := m.Pix[m.PixOffset(area.Min.X+shift.X, y+shift.Y):][:area.Dx()]
		to := dst.Pix[dst.PixOffset(area.Min.X, y):][:4*area.Dx()]
		for x, index := range row {
			c, p := &table[index], to[4*x:4*x+4]
			switch c[3] {
			case 0:
				p[0], p[1], p[2], p[3] = byte(c[0]>>8), byte(c[1]>>8), byte(c[2]>>8), 0xff
			case 0xffff:
			default:
				for k := range 3 {
					p[k] = byte((uint32(p[k])*0x101*c[3]/0xffff + c[k]) >> 8)
				}
				p[3] = byte((uint32(p[3])*0x101*c[3]/0xffff + 0xffff - c[3]) >> 8)
			}
		}
	}
}
