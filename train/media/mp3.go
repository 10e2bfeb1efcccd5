package media

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/hajimehoshi/go-mp3"
)

// maxGarbage is how far behind its tag a sound may begin, in bytes.
const maxGarbage = 64 << 10

var errMP3 = errors.New("it holds no MP3 frames")

func decodeMP3(f *os.File) (Sample, error) {
	at, err := skipID3(f)
	if err != nil {
		return Sample{}, err
	}
	begin, length, err := mp3Length(bufio.NewReaderSize(f, maxGarbage))
	if err != nil {
		return Sample{}, err
	}
	if _, err := f.Seek(at+begin, io.SeekStart); err != nil {
		return Sample{}, err
	}
	// Without a Seek of its own the decoder does not walk the file for its length.
	d, err := mp3.NewDecoder(struct{ io.Reader }{bufio.NewReader(f)})
	if err != nil {
		return Sample{}, mp3Error(err)
	}
	rec, err := newRecorder(d.SampleRate(), 2)
	if err != nil {
		return Sample{}, err
	}
	raw := make([]byte, 8192)
	samples := make([]float32, len(raw)/2)
	for !rec.full() {
		n, err := io.ReadFull(d, raw)
		n -= n % 4
		for i := range n / 2 {
			samples[i] = float32(int16(binary.LittleEndian.Uint16(raw[2*i:]))) / (1 << 15)
		}
		rec.add(samples[:n/2])
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			break
		}
		if err != nil {
			return Sample{}, mp3Error(err)
		}
	}
	return rec.sample(int64(length.Seconds() * float64(rec.rate)))
}

func mp3Error(err error) error {
	if err == io.EOF {
		return errMP3
	}
	return fmt.Errorf("bad MP3: %w", err)
}

// skipID3 moves past the ID3v2 tags with which a file begins, and returns where
// that is (https://id3.org/id3v2.4.0-structure, section 3.1).
func skipID3(f *os.File) (int64, error) {
	at := int64(0)
	for range 8 {
		var head [10]byte
		if _, err := f.ReadAt(head[:], at); err == nil && string(head[:3]) == "ID3" {
			at += 10 + synchsafe(head[6:])
			if head[5]&0x10 != 0 {
				at += 10 // a footer
			}
			continue
		}
		break
	}
	return f.Seek(at, io.SeekStart)
}

func synchsafe(b []byte) int64 {
	return int64(b[0]&127)<<21 | int64(b[1]&127)<<14 | int64(b[2]&127)<<7 | int64(b[3]&127)
}

// mp3Rates are kbit/s of layer III by bit rate index, for MPEG-1 and MPEG-2.
var mp3Rates = [2][16]int{
	{0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0},
	{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},
}

// mp3Frame is the length in bytes and the duration that a layer III frame's
// head tells (ISO/IEC 11172-3, section 2.4.2.3); 0 where it is none.
func mp3Frame(b []byte) (size int, lasts time.Duration) {
	if b[0] != 0xff || b[1]&0xe6 != 0xe2 || b[2]>>4 == 0 || b[2]>>4 == 15 || b[2]>>2&3 == 3 {
		return 0, 0
	}
	rate := []int{44100, 48000, 32000}[b[2]>>2&3]
	samples, table := 1152, 0
	switch b[1] >> 3 & 3 {
	case 0: // MPEG-2.5
		rate, samples, table = rate/4, 576, 1
	case 1:
		return 0, 0
	case 2:
		rate, samples, table = rate/2, 576, 1
	}
	size = samples/8*1000*mp3Rates[table][b[2]>>4]/rate + int(b[2]>>1&1)
	return size, time.Duration(samples) * time.Second / time.Duration(rate)
}

// mp3Length finds the first of two frames in a row, in bytes from the start, and
// adds up how long they all last.
func mp3Length(r *bufio.Reader) (begin int64, lasts time.Duration, err error) {
	head, _ := r.Peek(maxGarbage)
	found := false
	for i := 0; i+4 <= len(head) && !found; i++ {
		size, _ := mp3Frame(head[i:])
		if size == 0 {
			continue
		}
		if i+size+4 <= len(head) {
			next, _ := mp3Frame(head[i+size:])
			found = next > 0
		} else {
			found = i+size <= len(head) // the only one
		}
		begin = int64(i)
	}
	if !found {
		return 0, 0, errMP3
	}
	if _, err := r.Discard(int(begin)); err != nil {
		return 0, 0, early(err)
	}
	for {
		b, err := r.Peek(4)
		if err != nil {
			return begin, lasts, nil
		}
		size, d := mp3Frame(b)
		if size == 0 {
			return begin, lasts, nil // tags at the end
		}
		if _, err := r.Discard(size); err != nil {
			return begin, lasts, nil
		}
		lasts += d
	}
}
