package sense

import (
	"context"
	"fmt"
	"strings"

	"ace/core/bundle"
	"ace/core/text"
)

// reachOf names the tensor of a table's reach, wordsOf the section of its
// spellings.
func reachOf(section string) string { return section + ".reach" }
func wordsOf(section string) string { return section + ".words" }

// Write adds the table to a container as two compressed sections: SECTION with
// the tensors SECTION, the packed codes as u8 [columns, Len], and SECTION.reach,
// as u8 [Dim] (see pack), and SECTION.words, the words, one a line.
func (t *Table) Write(b *bundle.Builder, section string) {
	packed, reach := pack(t.codes, t.dim)
	b.AddTensor(section, section, bundle.U8, []int{len(packed) / len(t.words), len(t.words)}, packed)
	b.AddTensor(section, reachOf(section), bundle.U8, []int{t.dim}, reach)
	b.Compress(section)
	b.AddBlob(wordsOf(section), []byte(strings.Join(t.words, "\n")+"\n"), true)
}

// Has says whether a container holds a table under this name.
func Has(c *bundle.Container, section string) bool { return c.Has(section) }

// Read is the inverse of Write. It refuses codes and words that do not fit each
// other before it makes anything of them.
func Read(ctx context.Context, c *bundle.Container, section string) (*Table, error) {
	t, err := read(ctx, c, section)
	if err != nil {
		return nil, fmt.Errorf("word vectors %q: %w", section, err)
	}
	return t, nil
}

// ReadFile is Read from a container that is one file, such as assets.Base.
func ReadFile(ctx context.Context, file []byte, section string) (*Table, error) {
	c, err := bundle.OpenBytes(ctx, file)
	if err != nil {
		return nil, err
	}
	return Read(ctx, c, section)
}

func read(ctx context.Context, c *bundle.Container, section string) (*Table, error) {
	info, ok := c.Tensor(section)
	width, has := c.Tensor(reachOf(section))
	if !ok || !has {
		return nil, fmt.Errorf("no tensor %q with %q", section, reachOf(section))
	}
	if len(info.Shape) != 2 || len(width.Shape) != 1 || width.Shape[0] > MaxDim {
		return nil, fmt.Errorf("shapes %v and %v, want columns of words and at most %d dimensions", info.Shape, width.Shape, MaxDim)
	}
	n := info.Shape[1]
	for _, s := range c.Sections() {
		if s.Name == wordsOf(section) && s.Size/(MaxWord+1) > n {
			return nil, fmt.Errorf("%d bytes of words, its tensor has %d", s.Size, n)
		}
	}
	blob, err := c.Section(ctx, wordsOf(section))
	if err != nil {
		return nil, err
	}
	lines, ended := strings.CutSuffix(string(blob), "\n")
	words := text.Lines(lines)
	if !ended || len(words) != n {
		return nil, fmt.Errorf("%d words, its tensor has %d", len(words), n)
	}
	packed, _, err := c.Uint8s(ctx, section)
	if err != nil {
		return nil, err
	}
	reach, _, err := c.Uint8s(ctx, reachOf(section))
	if err != nil {
		return nil, err
	}
	codes, err := unpack(packed, reach, n)
	if err != nil {
		return nil, err
	}
	c.Release(section)
	c.Release(wordsOf(section))
	return newTable(words, codes, len(reach))
}
