package media

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
)

// jpegCost is the memory, in bytes, that decoding a JPEG of so many pixels
// takes. A progressive one keeps all its coefficients, four bytes each, until
// the last scan (ITU-T T.81, section B.2.2 and annex G).
func jpegCost(r *bufio.Reader, pixels int64) (int64, error) {
	errJPEG := errors.New("bad JPEG: damaged segments")
	if _, err := r.Discard(2); err != nil {
		return 0, early(err)
	}
	for {
		b, err := r.ReadByte()
		if err != nil {
			return 0, early(err)
		}
		if b != 0xff {
			continue // as the decoder does
		}
		for b == 0xff {
			if b, err = r.ReadByte(); err != nil {
				return 0, early(err)
			}
		}
		if b == 0 || b == 1 || b >= 0xd0 && b <= 0xd8 {
			continue // without a length
		}
		if b == 0xd9 || b == 0xda {
			return 0, errJPEG // the data come before the frame header
		}
		var size [2]byte
		if _, err := io.ReadFull(r, size[:]); err != nil {
			return 0, early(err)
		}
		n := int(binary.BigEndian.Uint16(size[:])) - 2
		if n < 0 {
			return 0, errJPEG
		}
		if b < 0xc0 || b > 0xc2 {
			if _, err := r.Discard(n); err != nil {
				return 0, early(err)
			}
			continue
		}
		frame := make([]byte, n)
		if _, err := io.ReadFull(r, frame); err != nil {
			return 0, early(err)
		}
		if n < 6 || n < 6+3*int(frame[5]) || frame[5] == 0 {
			return 0, errJPEG
		}
		var widest, highest, blocks int64
		for i := range int(frame[5]) {
			h, v := int64(frame[7+3*i]>>4), int64(frame[7+3*i]&15)
			widest, highest, blocks = max(widest, h), max(highest, v), blocks+h*v
		}
		if blocks == 0 {
			return 0, errJPEG
		}
		samples := pixels * blocks / (widest * highest)
		if frame[5] == 4 {
			samples += 4 * pixels // the planes, then the picture of four colours
		}
		if b == 0xc2 {
			samples *= 5
		}
		return samples, nil
	}
}
