package media

import (
	"image"
	"io"
	"os"

	"github.com/bep/imagemeta"
)

// tagged are the picture formats that carry EXIF, IPTC or XMP.
var tagged = map[string]imagemeta.ImageFormat{
	"JPEG": imagemeta.JPEG, "PNG": imagemeta.PNG, "TIFF": imagemeta.TIFF, "WebP": imagemeta.WebP, "AVIF": imagemeta.AVIF,
}

// maxTags bounds how far into a file tags are looked for, in bytes.
const maxTags = 32 << 20

// eachTag calls f with the tags of a picture from the given sources. Damaged
// tags are passed over: the picture may be whole.
func eachTag(file *os.File, format string, sources imagemeta.Source, xmp func(io.Reader) error, f func(imagemeta.TagInfo)) {
	known, ok := tagged[format]
	if !ok {
		return
	}
	info, err := file.Stat()
	if err != nil {
		return
	}
	defer func() { recover() }() // what was read so far stands
	imagemeta.Decode(imagemeta.Options{
		R: io.NewSectionReader(file, 0, min(info.Size(), maxTags)), ImageFormat: known, Sources: sources, HandleXMP: xmp,
		HandleTag: func(t imagemeta.TagInfo) error { f(t); return nil },
	})
}

// orientation is the EXIF orientation of a picture, 1 to 8; 1 if it says none
// (JEITA CP-3451, section 4.6.4 A). The rotation of an AVIF stands elsewhere.
func orientation(f *os.File, format string) int {
	turn := 1
	if format == "AVIF" {
		return turn
	}
	eachTag(f, format, imagemeta.EXIF, nil, func(t imagemeta.TagInfo) {
		if v, ok := t.Value.(uint16); ok && t.Tag == "Orientation" && t.Namespace == "IFD0" && v >= 1 && v <= 8 {
			turn = int(v)
		}
	})
	return turn
}

// turn brings a sample upright.
func (s *Sample) turn(orientation int) {
	if orientation == 1 {
		return
	}
	for i, f := range s.Frames {
		s.Frames[i] = upright(f, orientation)
	}
	if s.Preview != nil {
		s.Preview = upright(s.Preview, orientation)
	}
	if orientation >= 5 {
		s.Width, s.Height = s.Height, s.Width
	}
}

// upright undoes an orientation: 2 to 4 are a mirror image, a half turn and
// both, 5 to 8 the same of the picture with rows and columns exchanged.
func upright(m *image.RGBA, orientation int) *image.RGBA {
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			var to image.Point
			switch orientation {
			case 2:
				to = image.Pt(w-1-x, y)
			case 3:
				to = image.Pt(w-1-x, h-1-y)
			case 4:
				to = image.Pt(x, h-1-y)
			case 5:
				to = image.Pt(y, x)
			case 6:
				to = image.Pt(h-1-y, x)
			case 7:
				to = image.Pt(h-1-y, w-1-x)
			case 8:
				to = image.Pt(y, w-1-x)
			}
			out.SetRGBA(to.X, to.Y, m.RGBAAt(x, y))
		}
	}
	return out
}
