package encoder

import (
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"ace/train/onnx"
	"ace/train/onnx/onnxtest"
)

// words is a tokenizer.json whose words are tokens 1 to 4, the unknown 5, what fills
// up 6, between 7 and 8.
func words(t *testing.T, folder, more string) string {
	t.Helper()
	p := filepath.Join(folder, "tokenizer.json")
	text := `{"model": {"type": "WordPiece", "vocab": {"a": 1, "red": 2, "wet": 3, "dog": 4, "[UNK]": 5, "[PAD]": 6}, "unk_token": "[UNK]"},
		"pre_tokenizer": {"type": "Whitespace"}, "normalizer": {"type": "Lowercase"}, "added_tokens": [{"id": 6, "content": "[PAD]", "special": true}],
		"post_processor": {"type": "BertProcessing", "cls": ["[CLS]", 7], "sep": ["[SEP]", 8]}` + more + `}`
	if err := os.WriteFile(p, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return p
}

// tower is a network for texts: of each token its number and the number's square
// and, of a text, their means, and those of the other inputs.
func tower(kind onnx.Element, length int, inputs ...string) *onnxtest.Model {
	m := &onnxtest.Model{Weights: map[string]onnx.Tensor{"table": {Shape: []int{9, 2}}}}
	table := m.Weights["table"]
	for i := range 9 {
		table.Values = append(table.Values, float32(i), float32(i*i))
	}
	m.Weights["table"] = table
	over := map[string]any{"axes": []int{1}, "keepdims": 0}
	m.Nodes = []onnxtest.Node{
		{Op: "Gather", In: []string{"table", inputs[0]}, Out: []string{"last_hidden_state"}},
		{Op: "ReduceMean", In: []string{"last_hidden_state"}, Out: []string{"mean"}, Attributes: over},
	}
	join := []string{"mean"}
	for i, name := range inputs {
		m.Inputs = append(m.Inputs, onnx.Port{Name: name, Type: kind, Shape: []int{-1, length}})
		if i > 0 {
			keep := map[string]any{"axes": []int{1}, "keepdims": 1}
			m.Nodes = append(m.Nodes,
				onnxtest.Node{Op: "Cast", In: []string{name}, Out: []string{name + " as float"}, Attributes: map[string]any{"to": int(onnx.Float32)}},
				onnxtest.Node{Op: "ReduceMean", In: []string{name + " as float"}, Out: []string{name + " mean"}, Attributes: keep})
			join = append(join, name+" mean")
		}
	}
	m.Nodes = append(m.Nodes, onnxtest.Node{Op: "Concat", In: join, Out: []string{"text_embeds"}, Attributes: map[string]any{"axis": 1}})
	m.Outputs = []onnx.Port{{Name: "last_hidden_state", Type: onnx.Float32, Shape: []int{-1, -1, 2}}, {Name: "text_embeds", Type: onnx.Float32, Shape: []int{-1, 1 + len(inputs)}}}
	return m
}

func TestText(t *testing.T) {
	lib := onnxtest.Library(t)
	const text = "A red elephant" // 7 1 2 5 8
	keys := map[string]bool{}
	for name, c := range map[string]struct {
		m    *onnxtest.Model
		more string // of the tokenizer
		o    TextOptions
		want []float32
	}{
		"any length":         {tower(onnx.Int64, -1, "input_ids"), "", TextOptions{}, []float32{23. / 5, 143. / 5}},
		"another name":       {tower(onnx.Int64, -1, "tokens"), "", TextOptions{}, []float32{23. / 5, 143. / 5}},
		"a vector a token":   {tower(onnx.Int32, 8, "input_ids"), "", TextOptions{Output: "last_hidden_state"}, []float32{23. / 5, 143. / 5}},
		"cut by flag":        {tower(onnx.Int64, -1, "input_ids"), "", TextOptions{Length: 3}, []float32{16. / 3, 114. / 3}},
		"cut by tokenizer":   {tower(onnx.Int64, -1, "input_ids"), `, "truncation": {"max_length": 4}`, TextOptions{}, []float32{18. / 4, 118. / 4}},
		"filled up":          {tower(onnx.Int64, 8, "input_ids", "attention_mask"), "", TextOptions{}, []float32{(23. + 18) / 8, (143. + 108) / 8, 5. / 8}},
		"filled by its file": {tower(onnx.Int32, -1, "input_ids", "token_type_ids", "attention_mask"), `, "padding": {"strategy": {"Fixed": 10}, "pad_id": 6}`, TextOptions{}, []float32{(23. + 30) / 10, (143. + 180) / 10, 0, 0.5}},
	} {
		path := c.m.Write(t)
		c.o.Tokenizer = words(t, t.TempDir(), c.more)
		if name == "any length" { // found beside the model
			words(t, filepath.Dir(path), c.more)
			c.o.Tokenizer = ""
		}
		x, err := OpenText(lib, path, c.o)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got, err := x.EncodeText(text)
		if err != nil || len(got) != len(c.want) || x.Dims() != len(c.want) {
			t.Errorf("%s: %v, %v, want %v", name, got, err, c.want)
			continue
		}
		for i, v := range got {
			if math.Abs(float64(v-c.want[i])) > 1e-4 {
				t.Errorf("%s: %v, want %v", name, got, c.want)
				break
			}
		}
		keys[x.Key()] = true
		x.Close()
	}
	if len(keys) != 7 { // one network that is read differently has another
		t.Errorf("%d keys", len(keys))
	}
}

func TestTextErrors(t *testing.T) {
	lib := onnxtest.Library(t)
	folder := t.TempDir()
	batch := tower(onnx.Int64, -1, "input_ids")
	batch.Inputs[0].Shape[0] = 16
	for want, c := range map[string]struct {
		m *onnxtest.Model
		o TextOptions
	}{
		"no tokenizer.json lies beside it":          {tower(onnx.Int64, -1, "input_ids"), TextOptions{}},
		"its input pixel_values is not of integers": {colours(1, 3, 8, 8), TextOptions{Tokenizer: words(t, folder, "")}},
		"want input_ids, and beside it":             {tower(onnx.Int64, -1, "input_ids", "position_ids"), TextOptions{Tokenizer: words(t, folder, "")}},
		"it has no input input_ids":                 {tower(onnx.Int64, -1, "attention_mask", "token_type_ids"), TextOptions{Tokenizer: words(t, folder, "")}},
		"of shape [16 -1]":                          {batch, TextOptions{Tokenizer: words(t, folder, "")}},
		"texts of 2 tokens":                         {tower(onnx.Int64, -1, "input_ids"), TextOptions{Tokenizer: words(t, folder, ""), Length: 2}},
		"no output pooled":                          {tower(onnx.Int64, -1, "input_ids"), TextOptions{Tokenizer: words(t, folder, ""), Output: "pooled"}},
		"no such file":                              {tower(onnx.Int64, -1, "input_ids"), TextOptions{Tokenizer: filepath.Join(folder, "none.json")}},
	} {
		if _, err := OpenText(lib, c.m.Write(t), c.o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want one of %q", err, want)
		}
	}
	model := tower(onnx.Int64, -1, "input_ids").Write(t)
	if _, _, err := readTokenizer(model, model); err == nil || !strings.Contains(err.Error(), model) {
		t.Errorf("a network for a tokenizer: %v", err)
	}
	if got := folders(filepath.Join("x", "onnx", "m.onnx")); len(got) != 2 || !reflect.DeepEqual(got[0], filepath.Join("x", "onnx")) {
		t.Errorf("folders %v", got)
	}
}
