package tokenizer

import (
	"encoding/binary"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// charsmap is SentencePiece's table of what stands for which characters: a double
// array of prefixes, as darts-clone writes it (https://github.com/s-yata/darts-clone),
// whose values are places in a list of texts that end with a zero.
type charsmap struct {
	units []uint32
	texts []byte
}

func readCharsmap(data []byte) (*charsmap, error) {
	if len(data) == 0 { // nothing is replaced
		return &charsmap{}, nil
	}
	if len(data) < 4 {
		return nil, errors.New("the precompiled table breaks off")
	}
	size := binary.LittleEndian.Uint32(data)
	if data = data[4:]; size%4 != 0 || uint64(size) > uint64(len(data)) {
		return nil, errors.New("the precompiled table breaks off")
	}
	m := &charsmap{texts: data[size:]}
	for at := 0; at < int(size); at += 4 {
		m.units = append(m.units, binary.LittleEndian.Uint32(data[at:]))
	}
	return m, nil
}

// shortest is the text for the shortest prefix of s that the table has.
func (m *charsmap) shortest(s string) (string, bool) {
	if len(m.units) == 0 {
		return "", false
	}
	offset := func(u uint32) uint32 { return u >> 10 << (u & (1 << 9) >> 6) }
	at := offset(m.units[0])
	for i := range len(s) {
		at ^= uint32(s[i])
		if int(at) >= len(m.units) {
			return "", false
		}
		u := m.units[at]
		if u&(1<<31|0xff) != uint32(s[i]) {
			return "", false
		}
		at ^= offset(u)
		if u>>8&1 == 1 && int(at) < len(m.units) {
			from := int(m.units[at] & (1<<31 - 1))
			if from > len(m.texts) {
				return "", false
			}
			text, _, _ := strings.Cut(string(m.texts[from:min(from+256, len(m.texts))]), "\x00")
			return text, true
		}
	}
	return "", false
}

// normalise replaces what people see as one character and, where the table does
// not have that, the characters that it is written with.
func (m *charsmap) normalise(s string) string {
	var out strings.Builder
	state := -1
	for s != "" {
		var cluster string
		cluster, s, _, state = uniseg.FirstGraphemeClusterInString(s, state)
		if len(cluster) < 6 {
			if text, ok := m.shortest(cluster); ok {
				out.WriteString(text)
				continue
			}
		}
		for cluster != "" {
			_, n := utf8.DecodeRuneInString(cluster)
			if text, ok := m.shortest(cluster[:n]); ok {
				out.WriteString(text)
			} else {
				out.WriteString(cluster[:n])
			}
			cluster = cluster[n:]
		}
	}
	return out.String()
}
