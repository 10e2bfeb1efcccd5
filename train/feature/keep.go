package feature

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"ace/core"
	"ace/train/media"
)

// Kept is a folder of what looks at media have found, a file a medium named by
// what is in it, so that no medium is decoded twice. Deleting it costs time and
// nothing else. Several processes may use it at once.
type Kept struct{ folder string }

// keptVersion changes when what is found in the same file does.
const keptVersion = "looks-3"

// keptFor is how long a file stays that nobody asks for.
const keptFor = 60 * 24 * time.Hour

// OpenKept opens or begins such a folder, and throws away what nobody has asked
// for in a long time.
func OpenKept(folder string) (*Kept, error) {
	k := &Kept{filepath.Join(folder, keptVersion)}
	if err := os.MkdirAll(k.folder, 0o755); err != nil {
		return nil, err
	}
	k.trim(time.Now())
	return k, nil
}

// found is what a look at a file finds.
type found struct {
	Look   media.Look
	Vector []float32 // the built-in descriptor; nil: not asked for
	Tried  bool      // a thumbnail was made, if one is of use
	Thumb  []byte    // nil: the original does as well
	Ext    string    // of Thumb
}

func (k *Kept) path(digest [32]byte, kind core.Kind) string {
	name := hex.EncodeToString(digest[:])
	return filepath.Join(k.folder, name[:2], name[2:]+"."+kind.String())
}

// get gives what is known of a file; false where that is nothing or damaged.
func (k *Kept) get(digest [32]byte, kind core.Kind) (f found, ok bool) {
	if k == nil {
		return f, false
	}
	path := k.path(digest, kind)
	data, err := os.ReadFile(path)
	if err != nil || len(data) < 4 {
		return f, false
	}
	body := data[:len(data)-4]
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(data[len(body):]) || !f.decode(body) {
		return found{}, false
	}
	f.Look.Digest = digest
	if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > 24*time.Hour {
		now := time.Now()
		_ = os.Chtimes(path, now, now)
	}
	return f, true
}

// put keeps what a look has found, if there is room for it.
func (k *Kept) put(digest [32]byte, kind core.Kind, f *found) {
	if k == nil {
		return
	}
	data := f.encode()
	data = binary.LittleEndian.AppendUint32(data, crc32.ChecksumIEEE(data))
	path := k.path(digest, kind)
	// What is half written, or by two at once, has another checksum.
	err := os.WriteFile(path, data, 0o644)
	if errors.Is(err, fs.ErrNotExist) && os.MkdirAll(filepath.Dir(path), 0o755) == nil {
		err = os.WriteFile(path, data, 0o644)
	}
	if err != nil {
		os.Remove(path)
	}
}

// trim removes the files that nobody has asked for, once a day.
func (k *Kept) trim(now time.Time) {
	mark := filepath.Join(k.folder, "trimmed")
	if info, err := os.Stat(mark); err == nil && now.Sub(info.ModTime()) < 24*time.Hour {
		return
	}
	if os.WriteFile(mark, nil, 0o644) != nil {
		return
	}
	_ = os.Chtimes(mark, now, now)
	_ = filepath.WalkDir(k.folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		if info, err := d.Info(); err == nil && now.Sub(info.ModTime()) > keptFor {
			_ = os.Remove(path)
		}
		return nil
	})
}
