package media

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"strings"
)

// maxTagBlock bounds the tags of a sound, in bytes. Covers may be larger: they
// are passed over.
const maxTagBlock = 4 << 20

var errTags = errors.New("damaged tags")

// soundWords reads the tags of a sound or film.
func soundWords(f *os.File, format string, keep func(string, known, error)) {
	switch format {
	case "MP3", "AIFF":
		k, err := id3Words(f)
		keep("ID3", k, err)
	case "Ogg Vorbis":
		if packets, err := oggHeaders(f, 2); err == nil && len(packets[1]) > 7 {
			k, err := vorbisComments(packets[1][7:])
			keep("Vorbis comments", k, err)
		}
	case "Opus":
		if packets, err := oggHeaders(f, 2); err == nil && len(packets[1]) > 8 {
			k, err := vorbisComments(packets[1][8:])
			keep("Opus comments", k, err)
		}
	case "FLAC":
		k, err := flacComments(f)
		keep("FLAC comments", k, err)
	case "WAV":
		k, err := riffInfo(f)
		keep("RIFF INFO", k, err)
	case "M4A", "MP4":
		k, err := mp4Tags(f)
		keep("MP4 tags", k, err)
	}
}

// vorbisFields are the names of https://xiph.org/vorbis/doc/v-comment.html and
// what others made common.
var vorbisFields = map[string]string{
	"TITLE": "title", "ARTIST": "artist", "ALBUM": "album", "GENRE": "genre", "DATE": "date", "YEAR": "date", "DESCRIPTION": "caption", "COMMENT": "caption",
	"LYRICS": "caption", "KEYWORDS": "keywords", "LOCATION": "keyword", "COMPOSER": "composer", "PERFORMER": "performer",
}

func vorbisComments(b []byte) (known, error) {
	var k known
	take := func() ([]byte, bool) {
		if len(b) < 4 {
			return nil, false
		}
		n := binary.LittleEndian.Uint32(b)
		if b = b[4:]; uint64(n) > uint64(len(b)) {
			return nil, false
		}
		text := b[:n]
		b = b[n:]
		return text, true
	}
	if _, ok := take(); !ok || len(b) < 4 { // the vendor
		return k, errTags
	}
	count := binary.LittleEndian.Uint32(b)
	b = b[4:]
	for range count {
		text, ok := take()
		if !ok {
			return k, nil // what was read so far stands
		}
		if key, value, ok := strings.Cut(string(text), "="); ok {
			k.tag(vorbisFields[strings.ToUpper(key)], value)
		}
	}
	return k, nil
}

// flacComments finds the block of comments among a FLAC's metadata (RFC 9639, section 8).
func flacComments(f *os.File) (known, error) {
	if _, err := skipID3(f); err != nil {
		return known{}, err
	}
	r := bufio.NewReader(f)
	if _, err := r.Discard(4); err != nil {
		return known{}, err
	}
	for {
		var head [4]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return known{}, err
		}
		size := int(head[1])<<16 | int(head[2])<<8 | int(head[3])
		if head[0]&127 == 4 {
			if size > maxTagBlock {
				return known{}, errTags
			}
			b := make([]byte, size)
			if _, err := io.ReadFull(r, b); err != nil {
				return known{}, err
			}
			return vorbisComments(b)
		}
		if _, err := r.Discard(size); err != nil || head[0]&128 != 0 {
			return known{}, err
		}
	}
}

// riffInfo reads the LIST INFO chunk of a WAV (Multimedia Programming Interface
// and Data Specifications 1.0, chapter 2).
func riffInfo(f *os.File) (known, error) {
	fields := map[string]string{"INAM": "title", "ICMT": "caption", "ISBJ": "caption", "IKEY": "keywords", "IART": "artist", "IPRD": "album", "IGNR": "genre", "ICRD": "date"}
	var k known
	for at := int64(12); ; {
		var head [12]byte
		if _, err := f.ReadAt(head[:], at); err != nil {
			return k, nil
		}
		size := int64(binary.LittleEndian.Uint32(head[4:]))
		if string(head[:4]) != "LIST" || string(head[8:]) != "INFO" {
			at += 8 + size + size&1
			continue
		}
		if size > maxTagBlock {
			return k, errTags
		}
		b := make([]byte, size-4)
		n, _ := f.ReadAt(b, at+12)
		for b = b[:n]; len(b) >= 8; {
			n := uint64(binary.LittleEndian.Uint32(b[4:]))
			if n > uint64(len(b)-8) {
				return k, nil
			}
			k.tag(fields[string(b[:4])], latin1OrUTF8(b[8:8+n]))
			b = b[min(uint64(len(b)), 8+n+n&1):]
		}
		return k, nil
	}
}
