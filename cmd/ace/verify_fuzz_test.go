package main

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"testing"

	"ace/core/bundle"
	tests "ace/core/bundle/testdata/vectors"
	"ace/core/search"
)

// altered is the golden bundle with a section overwritten from a place on. It
// says that hashes are checked, as a fuzzer finds no bytes that fit them.
type altered struct {
	bundle.Source
	section string
	at      int
	patch   []byte
}

func (a altered) Verified() bool { return true }

func (a altered) Section(ctx context.Context, s bundle.SectionInfo) ([]byte, error) {
	data, err := a.Source.Section(ctx, s)
	if err == nil && s.Name == a.section && len(data) > 0 {
		data = bytes.Clone(data)
		copy(data[a.at%len(data):], a.patch)
	}
	return data, err
}

// FuzzVerify alters the golden bundle: no reader panics, and what verify
// accepts can be searched.
func FuzzVerify(f *testing.F) {
	ctx := context.Background()
	src, err := bundle.FromBytes(tests.Golden)
	if err != nil {
		f.Fatal(err)
	}
	c, err := bundle.Open(ctx, src)
	if err != nil {
		f.Fatal(err)
	}
	sections := c.Sections()
	for i := range sections {
		f.Add(byte(i), uint16(0), []byte{0xff})
		f.Add(byte(i), uint16(300), []byte("\x00\x00\xc0\x7f")) // NaN
		f.Add(byte(i), uint16(0), []byte(`{"id":[[[[`))
	}
	f.Fuzz(func(t *testing.T, section byte, at uint16, patch []byte) {
		c, err := bundle.Open(ctx, altered{src, sections[int(section)%len(sections)].Name, int(at), patch})
		if err != nil {
			t.Fatal(err)
		}
		wrong := verifyContent(ctx, c, &verdict{})
		r, err := search.Open(ctx, c)
		if err != nil {
			if wrong == nil {
				t.Fatalf("verify accepts it, search does not: %v", err)
			}
			return
		}
		for _, pure := range []bool{false, true} {
			a, err := r.Search(ctx, "red dog \xff 鸭子", search.Options{Pure: pure, Limit: 7})
			if wrong == nil && (err != nil || pure && len(a.Hits) != 7) {
				t.Fatalf("verify accepts it, a search finds %d items: %v", len(a.Hits), err)
			}
		}
	})
}

// FuzzItems: any bytes are refused or read as items, which written again are
// read as the same and then written as the same bytes.
func FuzzItems(f *testing.F) {
	f.Add([]byte(`{"id":"a","file":"a.png","modality":"image","meta":{"k":"v"}}` + "\n"))
	f.Add([]byte("{\"id\":\"\xff\"}\n"))
	f.Add([]byte(`{"ID":"é","later":[[[[]]]],"url":"javascript:x"}` + "\n{}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		items, err := readLines(data)
		if err != nil {
			return
		}
		var text [2][]byte
		for k := range text {
			for i := range items {
				_ = checkItem(&items[i])
				line, err := json.Marshal(&items[i])
				if err != nil {
					t.Fatal(err)
				}
				text[k] = append(append(text[k], line...), '\n')
			}
			again, err := readLines(text[k])
			if err != nil || len(again) != len(items) {
				t.Fatalf("%q is written so that it cannot be read: %v", text[k], err)
			}
			if k > 0 && len(items) > 0 && !reflect.DeepEqual(again, items) {
				t.Fatalf("%q is read as other items", text[k])
			}
			items = again
		}
		if !bytes.Equal(text[0], text[1]) {
			t.Fatalf("%q, then %q", text[0], text[1])
		}
	})
}
