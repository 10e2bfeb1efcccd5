package model

import (
	"fmt"
	"reflect"
	"strings"

	"ace/core/compute"
)

// Weights of a network. The tensor tag of a field is the tensor's name in a
// bundle, prefixed by the names of what holds it; the shape tag names its
// dimensions, first the row: d Width, s Sense, f FFN, v Vocabulary, p Places, sd Encoder x Width,
// l levels, c rows of the code table, n codes of the level at hand.
type Weights struct {
	Pieces  compute.Buffer `tensor:"pieces" shape:"v d"`                  // a vector for each piece of text
	Places  compute.Buffer `tensor:"places" shape:"p d"`                  // and for each place in the query
	Sense   compute.Buffer `tensor:"sense.weight" shape:"d s" if:"sense"` // takes word vectors to the model's width
	Encoder []EncoderLayer `tensor:"encoder"`
	Fuse    compute.Buffer `tensor:"fuse.weight" shape:"sd d" if:"coarse"` // Z = sum_i W_i E_i + b
	FuseB   compute.Buffer `tensor:"fuse.bias" shape:"d" if:"coarse"`
	Codes   compute.Buffer `tensor:"codes" shape:"c d"` // start of an identifier, then the codes of each level
	Steps   compute.Buffer `tensor:"steps" shape:"l d"` // place within the identifier
	Decoder []DecoderLayer `tensor:"decoder"`
	Final   compute.Buffer `tensor:"final.norm" shape:"d"`
	Heads   []Head         `tensor:"head"`

	decoder compute.Buffer // all of Decoder
}

// EncoderLayer is self-attention and a feed-forward layer, each after a norm;
// Memory normalises the layer's output for the decoder.
type EncoderLayer struct {
	Norm1  compute.Buffer `tensor:"norm1" shape:"d"`
	QKV    compute.Buffer `tensor:"qkv" shape:"3d d"`
	Out    compute.Buffer `tensor:"out" shape:"d d"`
	Norm2  compute.Buffer `tensor:"norm2" shape:"d"`
	Up     compute.Buffer `tensor:"up" shape:"f d"`
	Down   compute.Buffer `tensor:"down" shape:"d f"`
	Memory compute.Buffer `tensor:"memory" shape:"d" if:"seen"`
}

// DecoderLayer is causal self-attention, fused cross-attention and a
// feed-forward layer, each after a norm.
type DecoderLayer struct {
	Norm1   compute.Buffer `tensor:"norm1" shape:"d"`
	QKV     compute.Buffer `tensor:"qkv" shape:"3d d"`
	Out     compute.Buffer `tensor:"out" shape:"d d"`
	Norm2   compute.Buffer `tensor:"norm2" shape:"d"`
	Query   compute.Buffer `tensor:"cross.q" shape:"d d"`
	KV      compute.Buffer `tensor:"cross.kv" shape:"2d d"` // shared by all memories
	CrossO  compute.Buffer `tensor:"cross.out" shape:"d d"`
	Coarse  compute.Buffer `tensor:"coarse.gate" shape:"d d" if:"coarse"` // H_c * sigmoid(W H_c + b)
	CoarseB compute.Buffer `tensor:"coarse.bias" shape:"d" if:"coarse"`
	FineY   compute.Buffer `tensor:"fine.state" shape:"d d" if:"fine"` // alpha_i = sigmoid(W_y Y + W_c C_i + b)
	FineC   compute.Buffer `tensor:"fine.cross" shape:"d d" if:"fine"`
	FineB   compute.Buffer `tensor:"fine.bias" shape:"d" if:"fine"`
	Norm3   compute.Buffer `tensor:"norm3" shape:"d"`
	Up      compute.Buffer `tensor:"up" shape:"f d"`
	Down    compute.Buffer `tensor:"down" shape:"d f"`
}

// Head gives the logits of one level.
type Head struct {
	Weight compute.Buffer `tensor:"weight" shape:"n d"`
	Bias   compute.Buffer `tensor:"bias" shape:"n"`
}

// Tensor is the place of one tensor in the flat vector of all parameters.
type Tensor struct {
	Name   string
	Shape  []int
	Offset int // elements; a multiple of 128, so that any device can bind it, packed or not
	Len    int
}

// Layout lists the tensors of a shape in order, and the length of the flat
// vector that holds them all. The shape must have passed Check.
func (c *Config) Layout() ([]Tensor, int) {
	_, tensors, n := c.walk(nil)
	return tensors, n
}

// Bind lays Weights over a buffer of the length that Layout gives.
func (c *Config) Bind(flat compute.Buffer) *Weights {
	w, _, _ := c.walk(func(t Tensor) compute.Buffer { return flat.At(t.Offset, t.Len) })
	from := w.Decoder[0].Norm1.Offset() - flat.Offset()
	w.decoder = flat.At(from, w.Final.Offset()-flat.Offset()-from)
	return w
}

// of is where a tensor of a decoder layer begins in decoder.
func (w *Weights) of(b compute.Buffer) int { return b.Offset() - w.decoder.Offset() }

func (c *Config) walk(bind func(Tensor) compute.Buffer) (*Weights, []Tensor, int) {
	w := &Weights{Encoder: make([]EncoderLayer, c.Encoder), Decoder: make([]DecoderLayer, c.Decoder), Heads: make([]Head, len(c.Levels))}
	var tensors []Tensor
	end := 0
	seen := false // whether the decoder sees the encoder layer at hand
	dims := map[string]int{"d": c.Width, "2d": 2 * c.Width, "3d": 3 * c.Width, "f": c.FFN, "v": c.Vocabulary, "p": c.Places, "sd": c.Encoder * c.Width, "l": len(c.Levels), "c": c.codes(), "s": c.Sense}
	var visit func(v reflect.Value, prefix string)
	visit = func(v reflect.Value, prefix string) {
		for i := range v.NumField() {
			tag := v.Type().Field(i).Tag
			if tag.Get("tensor") == "" {
				continue
			}
			name := prefix + tag.Get("tensor")
			if f := v.Field(i); f.Kind() == reflect.Slice {
				for j := range f.Len() {
					seen = c.Coarse || c.Fine || j == c.Encoder-1
					if name == "head" {
						dims["n"] = c.Levels[j]
					}
					visit(f.Index(j), fmt.Sprintf("%s.%d.", name, j))
				}
				continue
			}
			switch tag.Get("if") {
			case "coarse":
				if !c.Coarse {
					continue
				}
			case "fine":
				if !c.Fine {
					continue
				}
			case "seen":
				if !seen {
					continue
				}
			case "sense":
				if c.Sense == 0 {
					continue
				}
			}
			t := Tensor{Name: name, Offset: end, Len: 1}
			for d := range strings.FieldsSeq(tag.Get("shape")) {
				t.Shape = append(t.Shape, dims[d])
				t.Len *= dims[d]
			}
			end += (t.Len + 127) &^ 127
			tensors = append(tensors, t)
			if bind != nil {
				v.Field(i).Set(reflect.ValueOf(bind(t)))
			}
		}
	}
	visit(reflect.ValueOf(w).Elem(), "")
	return w, tensors, end
}

// Parameters is how many numbers the network has.
func (c *Config) Parameters() int {
	tensors, _ := c.Layout()
	n := 0
	for _, t := range tensors {
		n += t.Len
	}
	return n
}
