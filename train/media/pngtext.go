package media

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"io"
	"os"
	"strings"
)

// pngFields are the keywords of text chunks that are words (PNG specification,
// third edition, section 11.3.3).
var pngFields = map[string]string{"Title": "title", "Description": "caption", "Comment": "caption", "Keywords": "keywords", "Creation Time": "date"}

// maxPNGText bounds a text chunk, in bytes, unpacked too.
const maxPNGText = 1 << 20

// pngText reads the text chunks of a PNG, XMP apart.
func pngText(f *os.File) (k, xmp known, err error) {
	if _, err := f.Seek(8, io.SeekStart); err != nil {
		return k, xmp, err
	}
	r := bufio.NewReader(f)
	for {
		var head [8]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return k, xmp, nil
		}
		size := int64(binary.BigEndian.Uint32(head[:]))
		switch name := string(head[4:]); {
		case name == "IEND":
			return k, xmp, nil
		case (name == "tEXt" || name == "zTXt" || name == "iTXt") && size <= maxPNGText:
			body := make([]byte, size)
			if _, err := io.ReadFull(r, body); err != nil {
				return k, xmp, nil
			}
			key, text := pngString(name, body)
			if key == "XML:com.adobe.xmp" {
				if o, err := parseXMP(strings.NewReader(text)); err == nil {
					xmp.join(o)
				}
				break
			}
			k.tag(pngFields[key], text)
		default:
			if _, err := io.CopyN(io.Discard, r, size); err != nil {
				return k, xmp, nil
			}
		}
		if _, err := r.Discard(4); err != nil {
			return k, xmp, nil
		}
	}
}

// pngString takes a text chunk apart; "" where it is damaged.
func pngString(name string, body []byte) (key, text string) {
	head, rest, ok := bytes.Cut(body, []byte{0})
	if !ok {
		return "", ""
	}
	key = string(head)
	packed := name == "zTXt"
	switch {
	case packed && len(rest) > 0:
		rest = rest[1:]
	case name == "iTXt" && len(rest) > 2:
		packed = rest[0] == 1
		_, rest, _ = bytes.Cut(rest[2:], []byte{0}) // the language
		_, rest, ok = bytes.Cut(rest, []byte{0})    // the translated key
		if !ok {
			return "", ""
		}
	}
	if packed {
		z, err := zlib.NewReader(bytes.NewReader(rest))
		if err != nil {
			return "", ""
		}
		rest, _ = io.ReadAll(io.LimitReader(z, maxPNGText)) // as far as it goes
	}
	if name == "iTXt" {
		return key, string(rest)
	}
	return key, latin1(rest)
}

func latin1(b []byte) string {
	r := make([]rune, len(b))
	for i, c := range b {
		r[i] = rune(c)
	}
	return string(r)
}
