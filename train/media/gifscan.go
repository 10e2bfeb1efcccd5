package media

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"image/gif"
	"io"
	"time"
)

// A GIF is a header, a screen descriptor, an optional colour table and blocks
// (GIF89a specification, https://www.w3.org/Graphics/GIF/spec-gif89a.txt).
// gifScanner walks the blocks without decompressing them and hands out each
// frame as a GIF of its own, so that a film of any length is decoded one frame
// at a time.
type gifScanner struct {
	r             *bufio.Reader
	head          []byte // header, screen descriptor and global colour table
	width, height int    // of the screen, in pixels
	data          bool   // keep the frames' data
}

func newGIFScanner(r *bufio.Reader, data bool) (*gifScanner, error) {
	head := make([]byte, 13)
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, err
	}
	if v := string(head[:6]); v != "GIF87a" && v != "GIF89a" {
		return nil, errors.New("it is not a GIF")
	}
	s := &gifScanner{r: r, head: head, data: data,
		width: int(binary.LittleEndian.Uint16(head[6:])), height: int(binary.LittleEndian.Uint16(head[8:]))}
	if flags := head[10]; flags&0x80 != 0 {
		table := make([]byte, 3<<(flags&7+1))
		if _, err := io.ReadFull(r, table); err != nil {
			return nil, err
		}
		s.head = append(s.head, table...)
	}
	return s, nil
}

func (s *gifScanner) size() (width, height int) { return s.width, s.height }

// next returns the next frame; io.EOF after the last. A missing trailer is forgiven.
func (s *gifScanner) next() (cel, error) {
	var f cel
	var control []byte // the graphic control extension in force
	for {
		b, err := s.r.ReadByte()
		if err != nil {
			return f, err
		}
		switch b {
		case 0x3b, 0x00: // trailer, or padding that some writers leave after a block
			if b == 0x3b {
				return f, io.EOF
			}
		case 0x21:
			label, err := s.r.ReadByte()
			if err != nil {
				return f, early(err)
			}
			body, err := s.blocks(nil, label == 0xf9)
			if err != nil {
				return f, err
			}
			if label == 0xf9 {
				if len(body) != 6 {
					return f, errors.New("bad GIF: a graphic control extension of the wrong size")
				}
				control = append([]byte{0x21, 0xf9}, body...)
				switch body[1] >> 2 & 7 {
				case gif.DisposalBackground:
					f.disposal = disposeBackground
				case gif.DisposalPrevious:
					f.disposal = disposePrevious
				default:
					f.disposal = disposeNone
				}
				f.delay = time.Duration(binary.LittleEndian.Uint16(body[2:])) * 10 * time.Millisecond
			}
		case 0x2c:
			return s.frame(f, control)
		default:
			return f, fmt.Errorf("bad GIF: unknown block %#02x", b)
		}
	}
}

// frame reads the image block whose first byte was read.
func (s *gifScanner) frame(f cel, control []byte) (cel, error) {
	block := make([]byte, 10, 256)
	block[0] = 0x2c
	if _, err := io.ReadFull(s.r, block[1:]); err != nil {
		return f, early(err)
	}
	le := binary.LittleEndian
	f.x, f.y, f.w, f.h = int(le.Uint16(block[1:])), int(le.Uint16(block[3:])), int(le.Uint16(block[5:])), int(le.Uint16(block[7:]))
	rest := 1 // the code size
	if flags := block[9]; flags&0x80 != 0 {
		rest += 3 << (flags&7 + 1)
	}
	block = append(block, make([]byte, rest)...)
	if _, err := io.ReadFull(s.r, block[10:]); err != nil {
		return f, early(err)
	}
	block, err := s.blocks(block, s.data)
	if err != nil || !s.data {
		return f, err
	}
	f.file = append(append(append(append(f.file, s.head...), control...), block...), 0x3b)
	return f, nil
}

// blocks reads sub-blocks up to the empty one and, with keep, appends them as they lie.
func (s *gifScanner) blocks(to []byte, keep bool) ([]byte, error) {
	for {
		n, err := s.r.ReadByte()
		if err != nil {
			return nil, early(err)
		}
		if !keep {
			if _, err := s.r.Discard(int(n)); err != nil {
				return nil, early(err)
			}
		} else {
			at := len(to) + 1
			to = append(append(to, n), make([]byte, n)...)
			if _, err := io.ReadFull(s.r, to[at:]); err != nil {
				return nil, early(err)
			}
		}
		if n == 0 {
			return to, nil
		}
	}
}

// early turns an end of file inside a structure into io.ErrUnexpectedEOF.
func early(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
