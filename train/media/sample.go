package media

import (
	"errors"
	"fmt"
	"image"
	"io/fs"
	"os"
	"slices"
	"time"

	"ace/core"
)

// Limits of what Decode reads. They are checked before anything is allocated.
const (
	MaxSide   = 256              // longest side of a frame handed out, in pixels
	MaxFrames = 16               // frames of a film handed out
	MaxSound  = 30 * time.Second // of a recording that is kept

	PreviewSide = 480   // longest side of Sample.Preview, in pixels
	Rate        = 16000 // samples a second of Wave

	maxPixels   = 256 << 20 // of a picture
	maxDecoding = 400 << 20 // bytes of memory that a picture takes to decode
	maxScreen   = 32 << 20  // pixels of a picture that moves
	maxDrawn    = 512 << 20 // pixels of all frames of a film that are drawn
	maxPicture  = 256 << 20 // bytes of a picture's or film's file
)

// Sample is what is in a file, brought to one form.
type Sample struct {
	Kind          core.Kind
	Frames        []*image.RGBA   // one for a picture, up to MaxFrames of a film; opaque, on white
	Delays        []time.Duration // of a film: how long each of Frames stands until the next
	Wave          []float32       // of a sound or a film's sound track: mono, in [-1,1], at Rate
	Recorded      []float32       // the same at RecordedRate, that of the file
	RecordedRate  int             // samples a second
	Width, Height int             // of the picture or film as shown, in pixels
	Duration      time.Duration   // of the whole film or sound
	Preview       *image.RGBA     // the picture, or a frame of the film, at PreviewSide; transparent where it is. nil: not asked for, or a sound
	Foreign       bool            // no browser shows it
}

// Decode reads a file as an item of the given kind: a film may be a still
// picture, a picture the first frame of a film. Whatever is in the file, the
// answer is a sample or an error that names it.
func Decode(path string, kind core.Kind) (Sample, error) { return decode(path, kind, false) }

// DecodePreview is Decode with Sample.Preview; all else of the sample is the same.
func DecodePreview(path string, kind core.Kind) (Sample, error) { return decode(path, kind, true) }

func decode(path string, kind core.Kind, preview bool) (s Sample, err error) {
	defer func() {
		if r := recover(); r != nil { // the decoders are other people's, and so are the files
			s, err = Sample{}, fmt.Errorf("the decoder failed: %v", r)
		}
		if err != nil {
			err = &fs.PathError{Op: "decode", Path: path, Err: cause(err)}
		}
	}()
	format, err := identify(path)
	if err != nil {
		return Sample{}, err
	}
	film := slices.Contains(foreignFilms, format.name) // it may hold sound alone
	if (format.kind == core.Audio) != (kind == core.Audio) && !film {
		return Sample{}, fmt.Errorf("it is %s, not %s", format.name, kind)
	}
	if foreign(format.name) {
		if s, err = decodeForeign(path, format, kind, preview); err != nil {
			return Sample{}, err
		}
		s.Kind = kind
		return s, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return Sample{}, err
	}
	defer f.Close()
	if m, ok := movingFormats[format.name]; ok && format.moving {
		s, err = decodeMoving(f, m, kind, preview)
		s.turn(orientation(f, format.name))
	} else {
		s, err = decodeFile(f, format, preview)
	}
	if err != nil {
		return Sample{}, err
	}
	s.Kind, s.Foreign = kind, format.name == "TIFF"
	return s, nil
}

// decodeFile reads a format that has no frames of its own to draw.
func decodeFile(f *os.File, format format, preview bool) (s Sample, err error) {
	switch format.name {
	case "PNG", "JPEG", "WebP", "BMP", "TIFF":
		s, err = decodePicture(f, format.name, preview)
	case "SVG":
		s, err = decodeSVG(f, preview)
	case "WAV":
		s, err = decodeWAV(f)
	case "Ogg Vorbis":
		s, err = decodeVorbis(f)
	case "Opus":
		s, err = decodeOpus(f)
	case "FLAC":
		s, err = decodeFLAC(f)
	case "MP3":
		s, err = decodeMP3(f)
	default:
		err = fmt.Errorf("%s cannot be read", format.name)
		if hint, ok := convert[format.name]; ok {
			err = fmt.Errorf("%s cannot be read: %s", format.name, hint)
		}
	}
	return s, err
}

// cause drops the path of an error that will be given it once more.
func cause(err error) error {
	if p := (*fs.PathError)(nil); errors.As(err, &p) {
		return p.Err
	}
	return err
}

// checkSize refuses a picture by the size that its header claims.
func checkSize(width, height int) error {
	if width <= 0 || height <= 0 {
		return fmt.Errorf("it is empty: %d x %d pixels", width, height)
	}
	if width > maxPixels/height {
		return fmt.Errorf("it is too large: %d x %d pixels, at most %d million are read", width, height, maxPixels>>20)
	}
	return nil
}

func checkLength(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() > maxPicture {
		return fmt.Errorf("it is too large: %d bytes, at most %d are read", info.Size(), maxPicture)
	}
	return nil
}
