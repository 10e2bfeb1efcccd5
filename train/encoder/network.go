// Package encoder turns pictures, films, sounds and texts into vectors by networks
// in the ONNX format that others have trained: the towers of CLIP, SigLIP and CLAP,
// MobileNet, YAMNet and their like. How a network wants its input is read from the
// preprocessor_config.json or tokenizer.json beside it and from the shape of its
// input.
package encoder

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"ace/train/onnx"
)

// version is part of every key. It is raised when pictures or sounds are prepared
// otherwise than before, so that vectors of before are not taken for new ones.
const version = 2

// network is a model and the output that is taken from it.
type network struct {
	session *onnx.Session
	input   []int // shape of its only input, -1 where any size will do
	output  int
	dims    int
	key     string
}

// load opens a model. output names what is taken from it; empty: what looks like
// an embedding.
func load(lib *onnx.Library, path, output string) (*network, error) {
	s, err := lib.Load(path)
	if err != nil {
		return nil, err
	}
	n := &network{session: s}
	if n.output = pick(s.Outputs, output); n.output < 0 && output != "" {
		err = fmt.Errorf("it has no output %s, only %s", output, names(s.Outputs))
	} else if n.output < 0 {
		err = errors.New("it has no output of floating-point values")
	}
	if err != nil {
		s.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return n, nil
}

// loadSingle opens a model with one input, of floating-point values.
func loadSingle(lib *onnx.Library, path, output string) (*network, error) {
	n, err := load(lib, path, output)
	if err != nil {
		return nil, err
	}
	if err := n.single(); err != nil {
		n.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return n, nil
}

func (n *network) single() error {
	if len(n.session.Inputs) != 1 {
		return fmt.Errorf("it has the inputs %s: export the part for pictures or for sounds alone", names(n.session.Inputs))
	}
	in := n.session.Inputs[0]
	if in.Type != onnx.Float32 && in.Type != onnx.Float16 {
		return fmt.Errorf("its input %s is not of floating-point values", in.Name)
	}
	n.input = in.Shape
	if len(n.input) > 1 && n.input[0] > 1 && len(n.input) != 2 {
		return fmt.Errorf("its input %s wants %d at a time: export it for one, or for any number", in.Name, n.input[0])
	}
	return nil
}

// pick chooses among outputs: the named one; else one whose name tells that it is
// an embedding; else the first that is a vector for each input, or any.
func pick(outputs []onnx.Port, name string) int {
	find := func(f func(p *onnx.Port) bool) int {
		for i := range outputs {
			switch p := &outputs[i]; p.Type {
			case onnx.Float32, onnx.Float16, onnx.Float64:
				if f(p) {
					return i
				}
			}
		}
		return -1
	}
	if name != "" {
		return find(func(p *onnx.Port) bool { return p.Name == name })
	}
	for _, part := range []string{"embed", "pool", "feat", "emb"} {
		if i := find(func(p *onnx.Port) bool { return strings.Contains(strings.ToLower(p.Name), part) }); i >= 0 {
			return i
		}
	}
	if i := find(func(p *onnx.Port) bool { return len(p.Shape) == 2 }); i >= 0 {
		return i
	}
	return find(func(*onnx.Port) bool { return true })
}

func names(ports []onnx.Port) string {
	var list []string
	for _, p := range ports {
		list = append(list, p.Name)
	}
	return strings.Join(list, ", ")
}

// seal takes the width of the network's vectors from one of them, and names what
// they depend on: the files of the model, the output, and how inputs are prepared.
func (n *network) seal(path string, prepared any, trial []float32) error {
	n.dims = len(trial)
	how, err := json.Marshal(prepared)
	if err != nil {
		return err
	}
	h := sha256.New()
	fmt.Fprintf(h, "%d %s %s\n", version, n.session.Outputs[n.output].Name, how)
	for i, name := range []string{path, path + "_data", path + ".data"} { // large weights lie beside
		f, err := os.Open(name)
		if errors.Is(err, os.ErrNotExist) && i > 0 {
			continue
		}
		if err != nil {
			return err
		}
		_, err = io.Copy(h, f)
		f.Close()
		if err != nil {
			return err
		}
	}
	n.key = fmt.Sprintf("%x", h.Sum(nil)[:16])
	return nil
}

// run returns the mean of all vectors that the network makes of an input:
// its batch are the views, frames or windows of one item, and where its output
// has a vector for each patch or point, these count alike.
func (n *network) run(in onnx.Tensor) ([]float32, error) {
	out, err := n.session.Run(n.output, in)
	if err != nil {
		return nil, err
	}
	rank := len(out.Shape)
	if rank == 0 || len(out.Values) == 0 {
		return nil, fmt.Errorf("output %s is empty", n.session.Outputs[n.output].Name)
	}
	dims, after := out.Shape[rank-1], 1 // values of a vector lie this far apart
	if rank == 4 {                      // [n, dims, h, w]
		dims, after = out.Shape[1], out.Shape[2]*out.Shape[3]
	}
	sum := make([]float64, dims)
	for i, v := range out.Values {
		sum[i/after%dims] += float64(v)
	}
	mean := make([]float32, dims)
	for i, s := range sum {
		mean[i] = float32(s * float64(dims) / float64(len(out.Values)))
	}
	return mean, nil
}

// Dims is the width of the vectors.
func (n *network) Dims() int { return n.dims }

// Key names what the vectors depend on beside the media.
func (n *network) Key() string { return n.key }

// Close frees the network.
func (n *network) Close() { n.session.Close() }

// average adds vectors up and divides by their number.
func average(vectors [][]float32) []float32 {
	out := make([]float32, len(vectors[0]))
	for _, v := range vectors {
		for i, x := range v {
			out[i] += x / float32(len(vectors))
		}
	}
	return out
}
