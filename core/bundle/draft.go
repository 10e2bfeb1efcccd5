package bundle

import (
	"bytes"
	"fmt"
	"io"
)

// draft is a section in the making.
type draft struct {
	name    string
	parts   []part
	size    int
	blob    bool
	gzip    bool
	tensors []TensorInfo
}

// part is bytes of a section: data, or what from writes.
type part struct {
	data []byte
	from io.WriterTo
	size int // of what from writes
}

func (p *part) write(w io.Writer) error {
	if p.from == nil {
		_, err := w.Write(p.data)
		return err
	}
	n, err := p.from.WriteTo(w)
	if err == nil && n != int64(p.size) {
		err = fmt.Errorf("%d bytes are written, %d were to be", n, p.size)
	}
	return err
}

// section returns the section of that name, a new one if there is none.
func (b *Builder) section(name string) *draft {
	s, ok := b.byName[name]
	if !ok {
		s = &draft{name: name}
		b.byName[name] = s
		b.sections = append(b.sections, s)
	}
	return s
}

// add lays a tensor down at the next aligned offset.
func (s *draft) add(t TensorInfo, data []byte) {
	s.align(t)
	s.put(data)
}

// align begins a tensor at the next aligned offset.
func (s *draft) align(t TensorInfo) {
	if gap := -s.size & (Align - 1); gap > 0 {
		s.put(make([]byte, gap))
	}
	t.Offset = s.size
	s.tensors = append(s.tensors, t)
}

func (s *draft) put(data []byte) {
	s.parts = append(s.parts, part{data: data})
	s.size += len(data)
}

func (s *draft) write(w io.Writer) error {
	for i := range s.parts {
		if err := s.parts[i].write(w); err != nil {
			return err
		}
	}
	return nil
}

// bytes are those of a section, which the caller does not change.
func (s *draft) bytes() ([]byte, error) {
	if len(s.parts) == 1 && s.parts[0].from == nil {
		return s.parts[0].data, nil
	}
	all := bytes.NewBuffer(make([]byte, 0, s.size))
	err := s.write(all)
	return all.Bytes(), err
}

func (s *draft) sum() ([32]byte, error) {
	h := newSum()
	err := s.write(h)
	return [32]byte(h.Sum(nil)), err
}
