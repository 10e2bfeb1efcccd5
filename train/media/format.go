package media

import (
	"bufio"
	"bytes"
	"errors"
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
}

// formats are those that are told apart. Decode reads the ones it has a case
// for; the others are known so that a folder's walk can name what it left out.
var formats = []format{
	{"PNG", core.Image, []string{".png"}},
	{"JPEG", core.Image, []string{".jpg", ".jpeg", ".jpe", ".jfif"}},
	{"GIF", core.Image, []string{".gif"}},
	{"WebP", core.Image, []string{".webp"}},
	{"BMP", core.Image, []string{".bmp"}},
	{"TIFF", core.Image, []string{".tif", ".tiff"}},
	{"AVIF", core.Image, []string{".avif"}},
	{"HEIC", core.Image, []string{".heic", ".heif"}},
	{"SVG", core.Image, []string{".svg"}},
	{"WAV", core.Audio, []string{".wav", ".wave"}},
	{"Ogg Vorbis", core.Audio, []string{".ogg", ".oga"}},
	{"Opus", core.Audio, []string{".opus"}},
	{"FLAC", core.Audio, []string{".flac"}},
	{"MP3", core.Audio, []string{".mp3"}},
	{"AIFF", core.Audio, []string{".aif", ".aiff"}},
	{"M4A", core.Audio, []string{".m4a", ".aac"}},
	{"MP4", core.Video, []string{".mp4", ".m4v", ".mov"}},
	{"Matroska or WebM", core.Video, []string{".mkv", ".webm"}},
	{"AVI", core.Video, []string{".avi"}},
	{"MPEG", core.Video, []string{".mpg", ".mpeg"}},
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
	{"????ftyphei", "HEIC"},
	{"????ftypmif1", "HEIC"},
	{"????ftypM4A", "M4A"},
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
}

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
	if !ok {
		if f, ok = formatOf(path); !ok {
			return format{}, errFormat
		}
	}
	if f.name == "GIF" && gifMoves(bufio.NewReader(io.MultiReader(bytes.NewReader(head[:n]), r))) {
		f.kind = core.Video // a picture that moves is a film
	}
	return f, nil
}
