package media

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
)

// oggReader cuts an Ogg stream into packets (RFC 3533, section 6).
type oggReader struct {
	r        *bufio.Reader
	segments []byte // of the page that is being read, those that are left
	total    int    // bytes read of packets
	most     int    // bytes of packets that may be read
}

var errOgg = errors.New("bad Ogg: damaged pages")

// packet returns the next packet; io.EOF after the last.
func (o *oggReader) packet() ([]byte, error) {
	var packet []byte
	for {
		for len(o.segments) == 0 {
			var head [27]byte
			if _, err := io.ReadFull(o.r, head[:]); err != nil {
				if packet != nil {
					err = early(err)
				}
				return nil, err
			}
			if string(head[:4]) != "OggS" {
				return nil, errOgg
			}
			o.segments = make([]byte, head[26])
			if _, err := io.ReadFull(o.r, o.segments); err != nil {
				return nil, early(err)
			}
			if o.total++; o.total > o.most {
				return nil, errOgg
			}
		}
		size := int(o.segments[0])
		o.segments = o.segments[1:]
		if o.total += size + 1; o.total > o.most {
			return nil, errOgg
		}
		at := len(packet)
		packet = append(packet, make([]byte, size)...)
		if _, err := io.ReadFull(o.r, packet[at:]); err != nil {
			return nil, early(err)
		}
		if size < 255 {
			return packet, nil
		}
	}
}

// oggHeaders returns the first n packets of a stream, of at most maxVorbisHeaders bytes.
func oggHeaders(r io.Reader, n int) ([][]byte, error) {
	o := &oggReader{r: bufio.NewReader(r), most: maxVorbisHeaders}
	packets := make([][]byte, n)
	for i := range packets {
		var err error
		if packets[i], err = o.packet(); err != nil {
			return nil, early(err)
		}
	}
	return packets, nil
}

// oggLength is the position of the last page of the first stream: for sounds,
// samples. What is damaged ends it.
func oggLength(r *bufio.Reader) int64 {
	var last int64
	var serial uint32
	for first := true; ; first = false {
		var head [27]byte
		if _, err := io.ReadFull(r, head[:]); err != nil || string(head[:4]) != "OggS" {
			return last
		}
		size := 0
		for range head[26] {
			b, err := r.ReadByte()
			if err != nil {
				return last
			}
			size += int(b)
		}
		if _, err := r.Discard(size); err != nil {
			return last
		}
		if s := binary.LittleEndian.Uint32(head[14:]); first {
			serial = s
		} else if at := int64(binary.LittleEndian.Uint64(head[6:])); s == serial && at > last {
			last = at
		}
	}
}
