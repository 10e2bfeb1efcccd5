package media

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"time"
)

// An APNG is a PNG with chunks acTL, fcTL and fdAT: how many frames there are,
// where and how long each is shown, and the data of those after the first (PNG
// specification, third edition, section 11.3.6, https://www.w3.org/TR/png-3/).
// apngScanner makes a PNG of each frame.
type apngScanner struct {
	r             *bufio.Reader
	header        [13]byte // IHDR
	head          []byte   // the chunks before the data that each frame needs, as they lie
	width, height int      // of the screen, in pixels
	moves         bool     // there is an acTL
	data          bool     // keep the frames' data
	control       *cel     // the fcTL that was read before its data
	over          bool     // IEND was read
}

const (
	pngSignature = "\x89PNG\r\n\x1a\n"
	maxPNGHead   = 4 << 20 // bytes of palettes, profiles and the like
)

var errPNG = errors.New("bad PNG: damaged chunks")

func newAPNGScanner(r *bufio.Reader, data bool) (*apngScanner, error) {
	head := make([]byte, 8)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, err
	}
	s := &apngScanner{r: r, data: data}
	name, size, err := s.chunk()
	if err != nil {
		return nil, err
	}
	if string(head) != pngSignature || name != "IHDR" || size != 13 {
		return nil, errPNG
	}
	if _, err := io.ReadFull(r, s.header[:]); err != nil {
		return nil, early(err)
	}
	if _, err := r.Discard(4); err != nil {
		return nil, early(err)
	}
	s.width, s.height = int(binary.BigEndian.Uint32(s.header[:])), int(binary.BigEndian.Uint32(s.header[4:]))
	return s, nil
}

func (s *apngScanner) size() (width, height int) { return s.width, s.height }

// chunk reads the head of a chunk.
func (s *apngScanner) chunk() (name string, size int64, err error) {
	var b [8]byte
	if _, err := io.ReadFull(s.r, b[:]); err != nil {
		return "", 0, early(err)
	}
	return string(b[4:]), int64(binary.BigEndian.Uint32(b[:])), nil
}

// next returns the next frame: all of the picture where nothing moves.
func (s *apngScanner) next() (cel, error) {
	var data bytes.Buffer
	var c *cel
	for !s.over {
		peek, err := s.r.Peek(8)
		if err != nil {
			if c != nil && len(peek) == 0 {
				break // IEND is missing
			}
			return cel{}, early(err)
		}
		name := string(peek[4:])
		if c != nil && name != "IDAT" && name != "fdAT" {
			break // the frame is complete
		}
		_, size, err := s.chunk()
		if err != nil {
			return cel{}, err
		}
		switch name {
		case "IDAT", "fdAT":
			if name == "IDAT" && c == nil {
				if c = s.control; c == nil && !s.moves {
					c = &cel{w: s.width, h: s.height}
				}
			} else if name == "fdAT" && c == nil {
				c = s.control
			}
			s.control = nil
			if name == "fdAT" {
				if size < 4 {
					return cel{}, errPNG
				}
				if _, err := s.r.Discard(4); err != nil { // the number
					return cel{}, early(err)
				}
				size -= 4
			}
			var to io.Writer = io.Discard
			if s.data && c != nil {
				to = &data
			}
			if _, err := io.CopyN(to, s.r, size); err != nil {
				return cel{}, early(err)
			}
		case "fcTL":
			if s.control, err = s.frame(size); err != nil {
				return cel{}, err
			}
		case "acTL":
			s.moves = true
			if _, err := io.CopyN(io.Discard, s.r, size); err != nil {
				return cel{}, early(err)
			}
		case "IEND":
			s.over = true
		case "PLTE", "tRNS", "gAMA", "sBIT", "sRGB", "cHRM":
			if size > maxPNGHead || len(s.head)+int(size) > maxPNGHead {
				return cel{}, errPNG
			}
			body := make([]byte, size)
			if _, err := io.ReadFull(s.r, body); err != nil {
				return cel{}, early(err)
			}
			s.head = appendChunk(s.head, name, body)
		default:
			if _, err := io.CopyN(io.Discard, s.r, size); err != nil {
				return cel{}, early(err)
			}
		}
		if _, err := s.r.Discard(4); err != nil { // the check sum, which the decoder has no use for
			if s.over {
				break
			}
			return cel{}, early(err)
		}
	}
	if c == nil {
		return cel{}, io.EOF
	}
	if s.data {
		c.file = s.picture(c, data.Bytes())
	}
	return *c, nil
}

// frame reads an fcTL.
func (s *apngScanner) frame(size int64) (*cel, error) {
	if size != 26 {
		return nil, errPNG
	}
	var b [26]byte
	if _, err := io.ReadFull(s.r, b[:]); err != nil {
		return nil, early(err)
	}
	be := binary.BigEndian
	w, h, x, y := be.Uint32(b[4:]), be.Uint32(b[8:]), be.Uint32(b[12:]), be.Uint32(b[16:])
	if uint64(x)+uint64(w) > uint64(s.width) || uint64(y)+uint64(h) > uint64(s.height) || w == 0 || h == 0 {
		return nil, errors.New("bad PNG: a frame lies outside the picture")
	}
	num, den := time.Duration(be.Uint16(b[20:])), time.Duration(be.Uint16(b[22:]))
	if den == 0 {
		den = 100
	}
	c := &cel{x: int(x), y: int(y), w: int(w), h: int(h), delay: num * time.Second / den, replace: b[25] == 0}
	if b[24] <= disposePrevious {
		c.disposal = int(b[24])
	}
	return c, nil
}

// picture makes a PNG of one frame.
func (s *apngScanner) picture(c *cel, data []byte) []byte {
	header := s.header
	binary.BigEndian.PutUint32(header[:], uint32(c.w))
	binary.BigEndian.PutUint32(header[4:], uint32(c.h))
	b := appendChunk([]byte(pngSignature), "IHDR", header[:])
	b = append(b, s.head...)
	return appendChunk(appendChunk(b, "IDAT", data), "IEND", nil)
}

func appendChunk(b []byte, name string, body []byte) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(body)))
	at := len(b)
	b = append(append(b, name...), body...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[at:]))
}
