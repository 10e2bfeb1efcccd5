package media

import (
	"encoding/binary"
	"io"
	"os"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// id3Fields are the frames of ID3v2 that are words, of versions 3 and 4 and, of
// three letters, 2 (https://id3.org/id3v2.4.0-frames).
var id3Fields = map[string]string{
	"TIT2": "title", "TT2": "title", "TIT1": "caption", "TIT3": "caption", "TT3": "caption", "TPE1": "artist", "TP1": "artist", "TALB": "album", "TAL": "album",
	"TCOM": "composer", "TCM": "composer", "TCON": "genre", "TCO": "genre", "TDRC": "date", "TYER": "date", "TYE": "date",
	"COMM": "comment", "COM": "comment", "USLT": "comment", "ULT": "comment",
}

// id3Words reads the ID3v2 tag at the beginning of a file or, where there is
// none, the ID3v1 tag at its end.
func id3Words(f *os.File) (known, error) {
	var head [10]byte
	if _, err := f.ReadAt(head[:], 0); err != nil {
		return known{}, err
	}
	if string(head[:3]) != "ID3" || head[3] < 2 || head[3] > 4 {
		return id3v1(f)
	}
	size := synchsafe(head[6:])
	// Frames come in any order and a cover may be before the words.
	b := make([]byte, min(size, maxTagBlock))
	n, err := f.ReadAt(b, 10)
	if err != nil && err != io.EOF {
		return known{}, err
	}
	b = b[:n]
	version := head[3]
	if head[5]&0x80 != 0 && version < 4 {
		b = unsynchronised(b)
	}
	if head[5]&0x40 != 0 && version > 2 && len(b) >= 4 { // an extended header
		skip := synchsafe(b)
		if version == 3 {
			skip = int64(binary.BigEndian.Uint32(b)) + 4
		}
		b = b[min(skip, int64(len(b))):]
	}
	return id3Frames(b, version), nil
}

func id3Frames(b []byte, version byte) (k known) {
	for {
		head := 10
		if version == 2 {
			head = 6
		}
		if len(b) < head || b[0] == 0 {
			return k
		}
		var id string
		var size int64
		var flags byte
		switch version {
		case 2:
			id, size = string(b[:3]), int64(b[3])<<16|int64(b[4])<<8|int64(b[5])
		case 3:
			id, size = string(b[:4]), int64(binary.BigEndian.Uint32(b[4:]))
		default:
			id, size, flags = string(b[:4]), synchsafe(b[4:]), b[9]
		}
		if b = b[head:]; size > int64(len(b)) {
			return k
		}
		body := b[:size]
		b = b[size:]
		if flags&0x0c != 0 { // packed or encrypted
			continue
		}
		if flags&2 != 0 {
			body = unsynchronised(body)
		}
		if flags&1 != 0 && len(body) >= 4 { // its length once more
			body = body[4:]
		}
		k.id3(id3Fields[id], body)
	}
}

// id3 takes the words of a frame: the encoding, for comments the language and a
// description, and texts.
func (k *known) id3(field string, body []byte) {
	if field == "" || len(body) < 2 {
		return
	}
	encoding, body := body[0], body[1:]
	if field == "comment" {
		if len(body) < 3 {
			return
		}
		parts := id3Texts(encoding, body[3:])
		if len(parts) < 2 || strings.HasPrefix(parts[0], "iTun") {
			return
		}
		k.tag("caption", parts[1])
		return
	}
	for _, text := range id3Texts(encoding, body) {
		if field == "genre" { // (17)Rock, or a number alone
			if _, after, ok := strings.Cut(text, ")"); ok && strings.HasPrefix(text, "(") {
				text = after
			}
			if strings.Trim(text, "0123456789") == "" {
				continue
			}
		}
		k.tag(field, text)
	}
}

// id3Texts are the texts of a frame, which zeros part.
func id3Texts(encoding byte, b []byte) []string {
	var s string
	switch encoding {
	case 1, 2:
		var order binary.ByteOrder = binary.BigEndian
		units := make([]uint16, 0, len(b)/2)
		for ; len(b) >= 2; b = b[2:] {
			switch {
			case b[0] == 0xff && b[1] == 0xfe:
				order = binary.LittleEndian
			case b[0] == 0xfe && b[1] == 0xff:
				order = binary.BigEndian
			default:
				units = append(units, order.Uint16(b))
			}
		}
		s = string(utf16.Decode(units))
	case 3:
		s = string(b)
	default:
		s = latin1OrUTF8(b)
	}
	return strings.Split(strings.TrimRight(s, "\x00"), "\x00")
}

// latin1OrUTF8 reads text whose encoding is said to be Latin-1: many write UTF-8.
func latin1OrUTF8(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	return latin1(b)
}

// unsynchronised takes out the zeros that were put behind every 0xff.
func unsynchronised(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for i, c := range b {
		if c == 0 && i > 0 && b[i-1] == 0xff {
			continue
		}
		out = append(out, c)
	}
	return out
}

// id3v1 reads the last 128 bytes of a file.
func id3v1(f *os.File) (k known, err error) {
	info, err := f.Stat()
	if err != nil || info.Size() < 128 {
		return k, err
	}
	var b [128]byte
	if _, err := f.ReadAt(b[:], info.Size()-128); err != nil || string(b[:3]) != "TAG" {
		return k, err
	}
	for _, part := range []struct {
		field    string
		from, to int
	}{{"title", 3, 33}, {"artist", 33, 63}, {"album", 63, 93}, {"date", 93, 97}, {"caption", 97, 125}} {
		text, _, _ := strings.Cut(latin1OrUTF8(b[part.from:part.to]), "\x00")
		k.tag(part.field, text)
	}
	return k, nil
}
