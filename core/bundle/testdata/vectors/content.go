package vectors

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"ace/core/bundle"
)

// content is what a container holds, apart from how it is written.
type content struct {
	kind     bundle.Kind
	keys     []string
	meta     map[string]json.RawMessage
	sections []*section
}

type section struct {
	name    string
	zip     bool
	blob    []byte
	tensors []tensor
}

type tensor struct {
	bundle.TensorInfo
	data []byte
}

// read takes the golden bundle apart.
func read() (*content, error) {
	ctx := context.Background()
	in, err := bundle.OpenBytes(ctx, Golden)
	if err != nil {
		return nil, err
	}
	c := &content{kind: in.Kind(), meta: map[string]json.RawMessage{}}
	for _, key := range in.MetaKeys() {
		var value json.RawMessage
		if err := in.Meta(key, &value); err != nil {
			return nil, err
		}
		c.keys, c.meta[key] = append(c.keys, key), value
	}
	for _, s := range in.Sections() {
		data, err := in.Section(ctx, s.Name)
		if err != nil {
			return nil, err
		}
		c.sections = append(c.sections, &section{name: s.Name, zip: s.Encoding != "", blob: slices.Clone(data)})
	}
	for _, t := range in.Tensors() {
		data, _, err := in.Raw(ctx, t.Name)
		if err != nil {
			return nil, err
		}
		s, _ := c.section(t.Section)
		s.blob, s.tensors = nil, append(s.tensors, tensor{t, slices.Clone(data)})
	}
	return c, nil
}

func (c *content) section(name string) (*section, error) {
	for _, s := range c.sections {
		if s.name == name {
			return s, nil
		}
	}
	return nil, fmt.Errorf("no section %s", name)
}

// tensor finds a tensor and its section.
func (c *content) tensor(name string) (*section, int, error) {
	for _, s := range c.sections {
		for i := range s.tensors {
			if s.tensors[i].Name == name {
				return s, i, nil
			}
		}
	}
	return nil, 0, fmt.Errorf("no tensor %s", name)
}

// apply carries out a step on the content:
//
//	kind NAME
//	meta KEY: JSON             sets a value; without JSON, drops it
//	blob SECTION FROM TO       replaces a text of a blob, once
//	set TENSOR AT VALUE...     sets elements from AT on
//	shape TENSOR DTYPE N...    another type and shape, all zeros
//	move TENSOR SECTION
//	drop NAME                  a tensor, or else a section
//	add SECTION TEXT           a blob
//	tensor NAME DTYPE N...     of zeros, in a section of its name
func (c *content) apply(s step) (known bool, err error) {
	switch s.verb {
	case "kind":
		c.kind = bundle.Kind(s.args[0])
	case "meta":
		if key := s.args[0]; len(s.args) < 2 || s.args[1] == "" {
			delete(c.meta, key)
			c.keys = slices.DeleteFunc(c.keys, func(k string) bool { return k == key })
		} else {
			if c.meta[key] == nil {
				c.keys = append(c.keys, key)
			}
			c.meta[key] = json.RawMessage(s.args[1])
		}
	case "blob":
		b, err := c.section(s.args[0])
		if err != nil {
			return true, err
		}
		from, to := s.args[1], s.args[2]
		if !strings.Contains(string(b.blob), from) {
			return true, fmt.Errorf("section %s holds no %q", b.name, from)
		}
		b.blob = []byte(strings.Replace(string(b.blob), from, to, 1))
	case "set":
		return true, c.set(s.args)
	case "shape":
		return true, c.shape(s.args)
	case "move":
		from, i, err := c.tensor(s.args[0])
		if err != nil {
			return true, err
		}
		to, err := c.section(s.args[1])
		if err != nil {
			return true, err
		}
		to.tensors = append(to.tensors, from.tensors[i])
		from.tensors = slices.Delete(from.tensors, i, i+1)
	case "drop":
		if in, i, err := c.tensor(s.args[0]); err == nil {
			in.tensors = slices.Delete(in.tensors, i, i+1)
		} else if _, err := c.section(s.args[0]); err != nil {
			return true, err
		} else {
			c.sections = slices.DeleteFunc(c.sections, func(x *section) bool { return x.name == s.args[0] })
		}
	case "add":
		c.sections = append(c.sections, &section{name: s.args[0], blob: []byte(s.args[1])})
	case "tensor":
		name := s.args[0]
		c.sections = append(c.sections, &section{name: name, tensors: []tensor{{TensorInfo: bundle.TensorInfo{Name: name, Section: name}}}})
		return true, c.shape(s.args)
	default:
		return false, nil
	}
	return true, nil
}

func (c *content) set(args []string) error {
	s, i, err := c.tensor(args[0])
	if err != nil {
		return err
	}
	t := s.tensors[i]
	at, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	for k, text := range args[2:] {
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return err
		}
		to := t.data[(at+k)*t.DType.Size():]
		switch t.DType {
		case bundle.F32:
			binary.LittleEndian.PutUint32(to, math.Float32bits(float32(v)))
		case bundle.U32:
			binary.LittleEndian.PutUint32(to, uint32(v))
		case bundle.U16:
			binary.LittleEndian.PutUint16(to, uint16(v))
		default:
			to[0] = byte(int(v))
		}
	}
	return nil
}

func (c *content) shape(args []string) error {
	s, i, err := c.tensor(args[0])
	if err != nil {
		return err
	}
	t := &s.tensors[i]
	t.DType, t.Shape = bundle.DType(args[1]), nil
	for _, a := range args[2:] {
		n, err := strconv.Atoi(a)
		if err != nil {
			return err
		}
		t.Shape = append(t.Shape, n)
	}
	t.data = make([]byte, t.Elements()*t.DType.Size())
	return nil
}
