package bundle

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

// compress gives the gzip members of the sections that are to have one, several
// at a time.
func (b *Builder) compress() ([][]byte, error) {
	out, errs := make([][]byte, len(b.sections)), make([]error, len(b.sections))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(b.sections)) {
		wg.Go(func() {
			var z compressor
			for i := int(next.Add(1)) - 1; i < len(b.sections); i = int(next.Add(1)) - 1 {
				s := b.sections[i]
				if !s.gzip {
					continue
				}
				var data []byte
				if data, errs[i] = s.bytes(); errs[i] == nil {
					out[i], errs[i] = z.compress(data)
				}
			}
		})
	}
	wg.Wait()
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("section %q: %w", b.sections[i].name, err)
		}
	}
	return out, nil
}

// level is gzip's: of what 9 saves, 7 saves nearly all, and the lexicon of 100,000
// items takes a fifth of the time for 2 % more.
const level = 7

// run is how many bytes share a code where nothing repeats: codes of weights and
// vectors only have some that are frequent, which differ from tensor to tensor.
const run = 8 << 10

// compressor makes gzip members. It keeps its writers, which are near a megabyte.
type compressor struct{ repeats, codes *gzip.Writer }

// compress gives the shorter of two members: one that refers back to what was there
// before, and one that does not, which in codes of weights finds chance alone and
// pays for it.
func (c *compressor) compress(data []byte) ([]byte, error) {
	if c.repeats == nil {
		var err error
		if c.repeats, err = gzip.NewWriterLevel(nil, level); err != nil {
			return nil, err
		}
		if c.codes, err = gzip.NewWriterLevel(nil, gzip.HuffmanOnly); err != nil {
			return nil, err
		}
	}
	long, err := member(c.repeats, data, len(data))
	if err != nil {
		return nil, err
	}
	short, err := member(c.codes, data, run)
	if err != nil || len(long) <= len(short) {
		return long, err
	}
	return short, nil
}

// member is data as w writes it, with a new code behind every so many bytes.
func member(w *gzip.Writer, data []byte, every int) ([]byte, error) {
	var out bytes.Buffer
	w.Reset(&out)
	for len(data) > every {
		if _, err := w.Write(data[:every]); err != nil {
			return nil, err
		}
		if err := w.Flush(); err != nil {
			return nil, err
		}
		data = data[every:]
	}
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
