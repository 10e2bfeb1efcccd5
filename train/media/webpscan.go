package media

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"time"
)

// A WebP that moves is a RIFF of chunks VP8X, ANIM and an ANMF a frame, which
// holds chunks of its own (RFC 9649, section 2.7). webpScanner makes a WebP of
// each frame.
type webpScanner struct {
	r             *bufio.Reader
	width, height int  // of the screen, in pixels
	data          bool // keep the frames' data
}

var errWebP = errors.New("bad WebP: damaged chunks")

func newWebPScanner(r *bufio.Reader, data bool) (*webpScanner, error) {
	var b [30]byte
	if _, err := io.ReadFull(r, b[:]); err != nil {
		return nil, err
	}
	if string(b[:4]) != "RIFF" || string(b[8:16]) != "WEBPVP8X" || binary.LittleEndian.Uint32(b[16:]) != 10 || b[20]&2 == 0 {
		return nil, errors.New("it is not a WebP that moves")
	}
	return &webpScanner{r: r, data: data, width: 1 + uint24(b[24:]), height: 1 + uint24(b[27:])}, nil
}

func uint24(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

func (s *webpScanner) size() (width, height int) { return s.width, s.height }

func (s *webpScanner) next() (cel, error) {
	for {
		var b [8]byte
		if _, err := io.ReadFull(s.r, b[:]); err != nil {
			return cel{}, err // io.EOF between two chunks
		}
		size := int64(binary.LittleEndian.Uint32(b[4:]))
		if string(b[:4]) != "ANMF" {
			if _, err := io.CopyN(io.Discard, s.r, size+size&1); err != nil {
				return cel{}, early(err)
			}
			continue
		}
		var head [16]byte
		if size < 16 {
			return cel{}, errWebP
		}
		if _, err := io.ReadFull(s.r, head[:]); err != nil {
			return cel{}, early(err)
		}
		c := cel{
			x: 2 * uint24(head[:]), y: 2 * uint24(head[3:]), w: 1 + uint24(head[6:]), h: 1 + uint24(head[9:]),
			delay: time.Duration(uint24(head[12:])) * time.Millisecond, replace: head[15]&2 != 0,
		}
		if head[15]&1 != 0 {
			c.disposal = disposeBackground
		}
		if c.x+c.w > s.width || c.y+c.h > s.height {
			return cel{}, errors.New("bad WebP: a frame lies outside the picture")
		}
		var body bytes.Buffer
		var to io.Writer = io.Discard
		if s.data {
			to = &body
		}
		if _, err := io.CopyN(to, s.r, size-16); err != nil {
			return cel{}, early(err)
		}
		if size&1 == 1 {
			s.r.Discard(1)
		}
		if s.data {
			c.file = webpPicture(c, body.Bytes())
		}
		return c, nil
	}
}

// webpPicture makes a WebP of one frame: with alpha beside it, the picture has
// to say so in its head.
func webpPicture(c cel, body []byte) []byte {
	b := []byte("RIFF\x00\x00\x00\x00WEBP")
	if bytes.HasPrefix(body, []byte("ALPH")) {
		b = append(b, "VP8X\x0a\x00\x00\x00\x10\x00\x00\x00"...)
		w, h := c.w-1, c.h-1
		b = append(b, byte(w), byte(w>>8), byte(w>>16), byte(h), byte(h>>8), byte(h>>16))
	}
	b = append(b, body...)
	binary.LittleEndian.PutUint32(b[4:], uint32(len(b)-8))
	return b
}
