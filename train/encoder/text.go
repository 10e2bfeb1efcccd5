package encoder

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"ace/train/encoder/tokenizer"
	"ace/train/onnx"
)

// TextOptions say how a model for texts wants its input where neither its
// tokenizer.json nor the input's shape does.
type TextOptions struct {
	Tokenizer string // tokenizer.json; empty: the one beside the model
	Length    int    // tokens of a text at most; 0: as the tokenizer or the input says, or 64
	Output    string // name of the output that is taken
}

// Text is an encoder of texts, the other tower of one for pictures or sounds. It
// may be used by several goroutines at once.
type Text struct {
	network
	tokens *tokenizer.Tokenizer
	reads  reads
}

// reads is how a text becomes a network's inputs.
type reads struct {
	Inputs     []string // what each of them is: one of the names below
	Most, Fill int      // tokens at most, and how many every text is filled up to; 0: it is not
	Pad        int
	Tokenizer  string // digest of its files
}

// The inputs of towers for texts, as the library transformers names them.
const (
	inputIDs   = "input_ids"
	inputMask  = "attention_mask" // 1 for what counts
	inputTypes = "token_type_ids" // 0: the first of two texts
)

// usualLength is how many tokens a text has at most where nothing is said: towers
// of 64, 77 and 512 positions take it.
const usualLength = 64

// OpenText opens a model whose inputs are tokens, [n, t].
func OpenText(lib *onnx.Library, path string, o TextOptions) (*Text, error) {
	n, err := load(lib, path, o.Output)
	if err != nil {
		return nil, err
	}
	x := &Text{network: *n}
	if x.tokens, x.reads.Tokenizer, err = readTokenizer(path, o.Tokenizer); err == nil {
		if err = x.plan(o); err == nil {
			var trial []float32
			if trial, err = x.EncodeText("a"); err == nil {
				err = x.seal(path, x.reads, trial)
			}
		}
		if err != nil {
			err = fmt.Errorf("%s: %w", path, err)
		}
	}
	if err != nil {
		n.Close()
		return nil, err
	}
	return x, nil
}

// readTokenizer reads the tokenizer of a model.
func readTokenizer(model, given string) (*tokenizer.Tokenizer, string, error) {
	if given == "" {
		for _, folder := range folders(model) {
			if p := filepath.Join(folder, "tokenizer.json"); given == "" {
				if _, err := os.Stat(p); err == nil {
					given = p
				}
			}
		}
		if given == "" {
			return nil, "", fmt.Errorf("%s: no tokenizer.json lies beside it", model)
		}
	}
	t, err := tokenizer.Read(given)
	if err != nil {
		return nil, "", err
	}
	h := sha256.New()
	for _, p := range []string{given, filepath.Join(filepath.Dir(given), "tokenizer_config.json")} {
		data, err := os.ReadFile(p)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, "", err
		}
		h.Write(data)
	}
	return t, fmt.Sprintf("%x", h.Sum(nil)), nil
}

// plan decides what the inputs are and how long texts may be.
func (x *Text) plan(o TextOptions) error {
	x.reads.Most, x.reads.Fill, x.reads.Pad = x.tokens.Most, x.tokens.Fill, x.tokens.Pad
	if o.Length > 0 {
		x.reads.Most = o.Length
	}
	for _, in := range x.session.Inputs {
		if in.Type != onnx.Int64 && in.Type != onnx.Int32 {
			return fmt.Errorf("its input %s is not of integers: export the part for texts alone", in.Name)
		}
		if len(in.Shape) != 2 || in.Shape[0] > 1 {
			return fmt.Errorf("its input %s is of shape %v: want [1, t] or [n, t]", in.Name, in.Shape)
		}
		if t := in.Shape[1]; t > 0 { // no other length will do
			x.reads.Most, x.reads.Fill = t, t
		}
		name := in.Name
		if len(x.session.Inputs) == 1 {
			name = inputIDs
		}
		if !slices.Contains([]string{inputIDs, inputMask, inputTypes}, name) {
			return fmt.Errorf("its inputs are %s: want %s, and beside it %s and %s at most", names(x.session.Inputs), inputIDs, inputMask, inputTypes)
		}
		x.reads.Inputs = append(x.reads.Inputs, name)
	}
	if !slices.Contains(x.reads.Inputs, inputIDs) {
		return fmt.Errorf("it has no input %s", inputIDs)
	}
	if x.reads.Most == 0 {
		x.reads.Most = max(usualLength, x.reads.Fill)
	}
	if least := len(x.tokens.Encode("", 0)) + 1; x.reads.Most < least || x.reads.Fill > x.reads.Most {
		return fmt.Errorf("texts of %d tokens, filled up to %d", x.reads.Most, x.reads.Fill)
	}
	return nil
}

// EncodeText returns the vector of a text: the network's or, where it has one for
// each token, their mean.
func (x *Text) EncodeText(text string) ([]float32, error) {
	ids := x.tokens.Encode(text, x.reads.Most)
	count := len(ids)
	if count == 0 {
		return nil, errors.New("a text without tokens")
	}
	for len(ids) < x.reads.Fill {
		ids = append(ids, x.reads.Pad)
	}
	in := make([]onnx.Tensor, len(x.reads.Inputs))
	for i, name := range x.reads.Inputs {
		values := make([]int64, len(ids))
		for k, id := range ids {
			switch {
			case name == inputIDs:
				values[k] = int64(id)
			case name == inputMask && k < count:
				values[k] = 1
			}
		}
		in[i] = onnx.Tensor{Shape: []int{1, len(ids)}, Ints: values}
	}
	out, err := x.session.Run(x.output, in...)
	if err != nil {
		return nil, err
	}
	rank := len(out.Shape)
	if rank == 0 || rank > 3 || len(out.Values) == 0 {
		return nil, fmt.Errorf("output %s is of shape %v: want a vector of a text", x.session.Outputs[x.output].Name, out.Shape)
	}
	dims := out.Shape[rank-1]
	rows := len(out.Values) / dims
	if rows == len(ids) { // what fills up does not count
		rows = min(rows, count)
	}
	if rows > 1 && rank < 3 {
		return nil, fmt.Errorf("output %s has %d vectors of one text", x.session.Outputs[x.output].Name, rows)
	}
	mean := make([]float32, dims)
	for i, v := range out.Values[:rows*dims] {
		mean[i%dims] += v / float32(rows)
	}
	if x.dims > 0 && dims != x.dims {
		return nil, errors.New("the width of the model's vectors depends on the text")
	}
	return mean, nil
}
