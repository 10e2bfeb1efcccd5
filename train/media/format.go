package media

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ace/core"
)

// format is a file format: its name, what it holds, and its usual extensions.
type format struct {
	name       string
	kind       core.Kind
	extensions []string
	moving     bool // of an identified file: it is drawn frame by frame
}

// formats are those that are told apart. Decode reads the ones it has a case
// for; the others are known so that a folder's walk can name what it left out.
var formats = []format{
	{"PNG", core.Image, []string{".png", ".apng"}, false},
	{"JPEG", core.Image, []string{".jpg", ".jpeg", ".jpe", ".jfif"}, false},
	{"GIF", core.Image, []string{".gif"}, false},
	{"WebP", core.Image, []string{".webp"}, false},
	{"BMP", core.Image, []string{".bmp", ".dib"}, false},
	{"TIFF", core.Image, []string{".tif", ".tiff"}, false},
	{"AVIF", core.Image, []string{".avif", ".avifs"}, false},
	{"HEIC", core.Image, []string{".heic", ".heif", ".hif"}, false},
	{"camera raw", core.Image, []string{".dng", ".cr2", ".cr3", ".nef", ".arw", ".pef", ".orf", ".rw2", ".raf", ".srw"}, false},
	{"JPEG XL", core.Image, []string{".jxl"}, false},
	{"JPEG 2000", core.Image, []string{".jp2", ".j2k"}, false},
	{"Photoshop", core.Image, []string{".psd"}, false},
	{"SVG", core.Image, []string{".svg"}, false},
	{"WAV", core.Audio, []string{".wav", ".wave"}, false},
	{"Ogg Vorbis", core.Audio, []string{".ogg", ".oga"}, false},
	{"Opus", core.Audio, []string{".opus"}, false},
	{"FLAC", core.Audio, []string{".flac"}, false},
	{"MP3", core.Audio, []string{".mp3"}, false},
	{"AIFF", core.Audio, []string{".aif", ".aiff"}, false},
	{"M4A", core.Audio, []string{".m4a", ".m4b", ".aac"}, false},
	{"WMA", core.Audio, []string{".wma"}, false},
	{"MP4", core.Video, []string{".mp4", ".m4v", ".mov", ".3gp"}, false},
	{"Matroska or WebM", core.Video, []string{".mkv", ".webm"}, false},
	{"AVI", core.Video, []string{".avi"}, false},
	{"MPEG", core.Video, []string{".mpg", ".mpeg"}, false},
	{"Ogg film", core.Video, []string{".ogv"}, false},
	{"Windows Media", core.Video, []string{".wmv"}, false},
}

func formatNamed(name string) format {
	return formats[slices.IndexFunc(formats, func(f format) bool { return f.name == name })]
}

// formatOf tells a file's format by its extension; ok is false where it is none of ours.
func formatOf(path string) (f format, ok bool) {
	ext := strings.ToLower(filepath.Ext(path))
	i := slices.IndexFunc(formats, func(f format) bool { return slices.Contains(f.extensions, ext) })
	if i < 0 {
		return format{}, false
	}
	return formats[i], true
}

// magic are the bytes with which files begin; a ? stands for any byte.
var magic = []struct{ bytes, name string }{
	{"\x89PNG\r\n\x1a\n", "PNG"},
	{"\xff\xd8\xff", "JPEG"},
	{"GIF87a", "GIF"},
	{"GIF89a", "GIF"},
	{"RIFF????WEBP", "WebP"},
	{"BM????\x00\x00\x00\x00", "BMP"},
	{"II*\x00", "TIFF"},
	{"MM\x00*", "TIFF"},
	{"????ftypavi", "AVIF"},
	{"????ftypcrx", "camera raw"},
	{"????ftyphei", "HEIC"},
	{"????ftyphev", "HEIC"},
	{"????ftypmif1", "HEIC"},
	{"????ftypM4A", "M4A"},
	{"????ftypM4B", "M4A"},
	{"????ftyp", "MP4"},
	{"<svg", "SVG"},
	{"RIFF????WAVE", "WAV"},
	{"RF64????WAVE", "WAV"},
	{"OggS????????????????????????\x01vorbis", "Ogg Vorbis"},
	{"OggS????????????????????????OpusHead", "Opus"},
	{"fLaC", "FLAC"},
	{"ID3", "MP3"},
	{"FORM????AIF", "AIFF"},
	{"\x1a\x45\xdf\xa3", "Matroska or WebM"},
	{"RIFF????AVI ", "AVI"},
	{"\x00\x00\x01\xba", "MPEG"},
	{"\xff\x0a", "JPEG XL"},
	{"\x00\x00\x00\x0cJXL ", "JPEG XL"},
	{"\x00\x00\x00\x0cjP  ", "JPEG 2000"},
	{"8BPS", "Photoshop"},
	{"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "Windows Media"},
	{"\xff\xf1", "M4A"}, // AAC as a stream
	{"\xff\xf9", "M4A"},
	{"OggS", "Ogg film"}, // none of the above
}

// like are the formats of which others are a dialect that the first bytes do
// not tell: there the extension decides.
var like = map[string][]string{
	"TIFF": {"camera raw"},
	"MP3":  {"FLAC", "M4A"}, // ID3 before something else
	"MP4":  {"M4A", "camera raw"},

	"Windows Media": {"WMA"},
	"Ogg film":      {"Ogg Vorbis", "Opus"},
	"M4A":           {"MP3"},
}

// unmistakable are formats whose files all begin as magic says.
var unmistakable = []string{"PNG", "JPEG", "GIF", "WebP", "BMP", "TIFF", "AVIF", "WAV", "Ogg Vorbis", "Opus", "FLAC", "AIFF", "WMA", "Matroska or WebM", "AVI", "Ogg film", "Windows Media"}

// sniff tells a format by the first bytes of a file.
func sniff(head []byte) (f format, ok bool) {
	for _, m := range magic {
		if len(head) < len(m.bytes) {
			continue
		}
		match := true
		for i := range len(m.bytes) {
			match = match && (m.bytes[i] == '?' || m.bytes[i] == head[i])
		}
		if match {
			return formatNamed(m.name), true
		}
	}
	return format{}, false
}

// errFormat is the error of a file whose format nothing tells.
var errFormat = errors.New("its format is unknown")

// identify opens a file and tells its format by its first bytes, so that a
// wrong extension does no harm; the extension decides where these tell nothing.
func identify(path string) (format, error) {
	r, err := os.Open(path)
	if err != nil {
		return format{}, err
	}
	defer r.Close()
	if info, err := r.Stat(); err != nil {
		return format{}, err
	} else if !info.Mode().IsRegular() {
		return format{}, errors.New("it is not a regular file")
	}
	head := make([]byte, 64)
	n, err := io.ReadFull(r, head)
	if n == 0 && err == io.EOF {
		return format{}, errors.New("the file is empty")
	}
	if err != nil && err != io.ErrUnexpectedEOF {
		return format{}, err
	}
	f, ok := sniff(head[:n])
	named, known := formatOf(path)
	switch {
	case !ok && !known:
		return format{}, errFormat
	case !ok && slices.Contains(unmistakable, named.name):
		return format{}, fmt.Errorf("it does not begin as %s does", named.name)
	case !ok, slices.Contains(like[f.name], named.name):
		f = named
	}
	f.moving = f.name == "GIF" || f.name == "WebP" && n > 20 && string(head[12:16]) == "VP8X" && head[20]&2 != 0
	if moves(f, bufio.NewReader(io.MultiReader(bytes.NewReader(head[:n]), r))) {
		f.kind, f.moving = core.Video, true // a picture that moves is a film
	}
	return f, nil
}

// convert says how a format that cannot be read becomes one that can.
var convert = map[string]string{
	"HEIC":       "make JPEGs of it, as by `heif-convert NAME.heic NAME.jpg` or `sips -s format jpeg NAME.heic --out NAME.jpg`",
	"camera raw": "make JPEGs of it, as by `exiftool -b -JpgFromRaw NAME.dng > NAME.jpg` or `dcraw -c NAME.dng | cjpeg > NAME.jpg`",
	"JPEG XL":    "make JPEGs of it, as by `djxl NAME.jxl NAME.jpg`",
	"JPEG 2000":  "make PNGs of it, as by `opj_decompress -i NAME.jp2 -o NAME.png`",
	"Photoshop":  "make PNGs of it, as by `magick NAME.psd[0] NAME.png`",
}
