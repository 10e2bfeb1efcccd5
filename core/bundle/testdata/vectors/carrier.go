package vectors

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing/fstest"

	"ace/core/bundle"
)

// written is a container as a Builder made it: the manifest without its seal,
// and the sections as stored, in its order.
type written struct {
	open     string
	sections []bundle.SectionInfo
	stored   map[string][]byte
}

const (
	headerSize = 16
	sealSize   = len(`,"sha256":""}`) + 64
)

// disassemble takes a file apart that is as it should be.
func disassemble(file []byte) (*written, error) {
	c, err := bundle.OpenBytes(context.Background(), file)
	if err != nil {
		return nil, err
	}
	n := int(binary.LittleEndian.Uint32(file[12:]))
	w := &written{open: string(file[headerSize:][:n-sealSize]), sections: c.Sections(), stored: map[string][]byte{}}
	at := headerSize + n
	for _, s := range w.sections {
		at = aligned(at)
		w.stored[s.Name] = slices.Clone(file[at:][:s.StoredSize()])
		at += s.StoredSize()
	}
	return w, nil
}

func aligned(n int) int { return (n + bundle.Align - 1) / bundle.Align * bundle.Align }

// apply carries out a step on the manifest, which gets a seal that fits, or on
// stored bytes:
//
//	manifest FROM TO           replaces a text, once
//	entry NAME MEMBER JSON     sets a member of a section's or tensor's entry
//	bomb SECTION N SIZE        stores N zeros by gzip, and says that they are SIZE
func (w *written) apply(s step) (known bool, err error) {
	switch s.verb {
	case "manifest":
		if !strings.Contains(w.open, s.args[0]) {
			return true, fmt.Errorf("the manifest holds no %s", s.args[0])
		}
		w.open = strings.Replace(w.open, s.args[0], s.args[1], 1)
	case "entry":
		return true, w.entry(s.args[0], s.args[1], s.args[2])
	case "bomb":
		return true, w.bomb(s.args[0], s.args[1], s.args[2])
	default:
		return false, nil
	}
	return true, nil
}

func (w *written) entry(name, member, value string) error {
	begin := strings.Index(w.open, `{"name":"`+name+`",`)
	if begin < 0 {
		return fmt.Errorf("no entry %s", name)
	}
	end := begin + strings.IndexByte(w.open[begin:], '}')
	entry := w.open[begin:end]
	had := regexp.MustCompile(`,"` + member + `":("[^"]*"|\[[^\]]*\]|[^,]*)`)
	if had.MatchString(entry) {
		entry = had.ReplaceAllLiteralString(entry, `,"`+member+`":`+value)
	} else {
		entry += `,"` + member + `":` + value
	}
	w.open = w.open[:begin] + entry + w.open[end:]
	return nil
}

func (w *written) bomb(name, n, size string) error {
	zeros, err := strconv.Atoi(n)
	if err != nil {
		return err
	}
	var z bytes.Buffer
	g, _ := gzip.NewWriterLevel(&z, gzip.BestCompression)
	sum := sha256.New()
	chunk := make([]byte, 1<<16)
	for left := zeros; left > 0; left -= len(chunk) {
		chunk = chunk[:min(left, len(chunk))]
		_, _ = g.Write(chunk)
		sum.Write(chunk)
	}
	if err := g.Close(); err != nil {
		return err
	}
	w.stored[name] = z.Bytes()
	for _, m := range [][2]string{{"size", size}, {"sha256", fmt.Sprintf("%q", fmt.Sprintf("%x", sum.Sum(nil)))}, {"encoding", `"gzip"`},
		{"stored", strconv.Itoa(z.Len())}, {"tag", fmt.Sprintf("%q", tag(z.Bytes()))}} {
		if err := w.entry(name, m[0], m[1]); err != nil {
			return err
		}
	}
	return nil
}

func tag(stored []byte) string { return fmt.Sprintf("%x", sha256.Sum256(stored))[:16] }

func (w *written) manifest() []byte {
	return fmt.Appendf(nil, `%s,"sha256":"%x"}`, w.open, sha256.Sum256([]byte(w.open)))
}

// carrier is files by name; a single file has the name "".
type carrier map[string][]byte

// file lays the container out as one file, without looking at what it says.
func (w *written) file() carrier {
	text := w.manifest()
	b := append([]byte("ACEB"), 1, 0, 0, 0, 1, 0, 0, 0)
	b = append(binary.LittleEndian.AppendUint32(b, uint32(len(text))), text...)
	for _, s := range w.sections {
		b = append(b, make([]byte, aligned(len(b))-len(b))...)
		b = append(b, w.stored[s.Name]...)
	}
	return carrier{"": b}
}

// folder names each section's file as its stored bytes and the format ask for.
func (w *written) folder() carrier {
	files := carrier{bundle.ManifestFile: w.manifest()}
	for _, s := range w.sections {
		files[w.name(s.Name)] = w.stored[s.Name]
	}
	return files
}

func (w *written) name(section string) string {
	return section + "." + tag(w.stored[section]) + ".bin"
}

// place finds AT: a number, or manifest, end or a section's name, with +N or -N.
// In a file it gives the offset; in a folder, a file and the offset there.
func (f carrier) place(at string, w *written) (name string, offset int, err error) {
	base, plus := at, ""
	if i := strings.IndexAny(at, "+-"); i >= 0 {
		base, plus = at[:i], at[i:]
	}
	if plus != "" {
		if offset, err = strconv.Atoi(plus); err != nil {
			return "", 0, err
		}
	}
	single, isFile := f[""]
	if n, err := strconv.Atoi(base); err == nil && isFile {
		return "", n + offset, nil
	}
	if isFile {
		end := headerSize
		if base == "manifest" {
			return "", end + offset, nil
		}
		if base == "end" {
			return "", len(single) + offset, nil
		}
		end += len(w.manifest())
		for _, s := range w.sections {
			if end = aligned(end); s.Name == base {
				return "", end + offset, nil
			}
			end += len(w.stored[s.Name])
		}
		return "", 0, fmt.Errorf("no section %s", base)
	}
	if name = bundle.ManifestFile; base != "manifest" {
		name = w.name(base)
	}
	if f[name] == nil {
		return "", 0, fmt.Errorf("no file %s", name)
	}
	return name, offset, nil
}

// apply carries out a step on the bytes:
//
//	truncate AT     cuts there
//	put AT TEXT     writes over what is there
//	flip AT BIT     turns a bit over
//	append AT TEXT  adds to the end of that file
//	remove AT       removes that file, in a folder
func (f carrier) apply(s step, w *written) error {
	name, at, err := f.place(s.args[0], w)
	if err != nil {
		return err
	}
	b := slices.Clone(f[name])
	if at < 0 || at > len(b) {
		return fmt.Errorf("%s is at %d of %d", s.args[0], at, len(b))
	}
	switch s.verb {
	case "truncate":
		b = b[:at]
	case "put":
		copy(b[at:], s.args[1])
	case "flip":
		bit, err := strconv.Atoi(s.args[1])
		if err != nil {
			return err
		}
		b[at] ^= 1 << bit
	case "append":
		b = append(b, s.args[1]...)
	case "remove":
		delete(f, name)
		return nil
	default:
		return fmt.Errorf("no such step, or not here")
	}
	f[name] = b
	return nil
}

func (f carrier) vector(v Vector) Vector {
	if b, ok := f[""]; ok {
		v.File = b
		return v
	}
	v.Dir = fstest.MapFS{}
	for name, data := range f {
		v.Dir[name] = &fstest.MapFile{Data: data}
	}
	return v
}
