package media

import (
	"encoding/binary"
	"errors"
	"io"
	"os"
)

// mp4Fields are the atoms of a list of tags (QuickTime file format, "User data
// atoms"; iTunes metadata).
var mp4Fields = map[string]string{
	"\xa9nam": "title", "\xa9ART": "artist", "\xa9alb": "album", "\xa9gen": "genre", "\xa9day": "date", "\xa9cmt": "caption", "\xa9des": "caption", "desc": "caption",
	"ldes": "caption", "keyw": "keywords", "\xa9wrt": "composer",
}

// mp4Path leads from the file to the list, in whose middle stands a box with
// four bytes before its children.
var mp4Path = []string{"moov", "udta", "meta", "ilst"}

// mp4Tags reads the tags of an MP4, M4A or MOV.
func mp4Tags(f *os.File) (k known, err error) {
	info, err := f.Stat()
	if err != nil {
		return k, err
	}
	from, to := int64(0), info.Size()
	for _, want := range mp4Path {
		from, to, err = mp4Box(f, from, to, want)
		if err != nil {
			return k, err
		}
		if want == "meta" {
			var b [8]byte
			if _, err := f.ReadAt(b[:], from); err == nil && string(b[4:]) != "hdlr" { // QuickTime has no such bytes
				from += 4
			}
		}
	}
	if to-from > maxTagBlock {
		return k, errTags
	}
	b := make([]byte, to-from)
	if _, err := f.ReadAt(b, from); err != nil && err != io.EOF {
		return k, err
	}
	for len(b) >= 8 {
		size := int64(binary.BigEndian.Uint32(b))
		if size < 8 || size > int64(len(b)) {
			return k, nil
		}
		name, body := string(b[4:8]), b[8:size]
		b = b[size:]
		if len(body) < 16 || string(body[4:8]) != "data" || body[11] != 1 { // UTF-8
			continue
		}
		end := min(int64(binary.BigEndian.Uint32(body)), int64(len(body)))
		if end >= 16 {
			k.tag(mp4Fields[name], string(body[16:end]))
		}
	}
	return k, nil
}

// mp4Box finds a box among those of a range, and where what it holds lies.
func mp4Box(f *os.File, from, to int64, want string) (begin, end int64, err error) {
	for range 10000 {
		var head [16]byte
		if from+8 > to {
			break
		}
		if n, err := f.ReadAt(head[:], from); err != nil && n < 8 {
			return 0, 0, err
		}
		size, skip := int64(binary.BigEndian.Uint32(head[:])), int64(8)
		switch size {
		case 0:
			size = to - from
		case 1:
			size, skip = int64(binary.BigEndian.Uint64(head[8:])), 16
		}
		if size < skip || size > to-from {
			return 0, 0, errTags
		}
		if string(head[4:8]) == want {
			return from + skip, from + size, nil
		}
		from += size
	}
	return 0, 0, errors.New("no tags")
}
