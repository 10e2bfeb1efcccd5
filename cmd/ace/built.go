package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"ace/core/bundle"
	"ace/train/media"

	"golang.org/x/sync/errgroup"
)

// built is what a site was made of, kept beside it so that the next build does
// only what is new. Deleting it costs time and nothing else.
type built struct {
	Maker   string           `json:"maker"` // digest of the command itself
	Flags   string           `json:"flags"`
	About   string           `json:"about"`   // digest of about.json
	Bundle  string           `json:"bundle"`  // digest of the bundle's manifest: nobody else has changed it
	Trained int              `json:"trained"` // items that the training saw
	Touched int              `json:"touched"` // items that came, went or changed since
	Files   map[string]stamp `json:"files"`
	Items   map[string]maker `json:"items"` // by id
}

// stamp tells whether a file has changed.
type stamp struct {
	Size   int64  `json:"size"`
	Time   int64  `json:"time"` // of its last change, ns
	Digest string `json:"digest"`
}

// maker is what an item is made of.
type maker struct {
	Said  string `json:"said"`  // digest of all that is said of it
	Files string `json:"files"` // digests of its medium and captions
}

// builtPath is where that lies.
func builtPath(site string) string {
	site = filepath.Clean(site)
	return filepath.Join(filepath.Dir(site), "."+filepath.Base(site)+".built")
}

// readBuilt reads it; nil where there is none for the bundle as it is.
func readBuilt(site string) *built {
	data, err := os.ReadFile(builtPath(site))
	if err != nil {
		return nil
	}
	b := &built{}
	if json.Unmarshal(data, b) != nil || b.Bundle != manifestDigest(site) || b.Bundle == "" {
		return nil
	}
	if _, err := os.Stat(filepath.Join(site, siteMark)); err != nil {
		return nil
	}
	return b
}

// write keeps it for the site as it is now.
func (b *built) write(site string) error {
	b.Bundle = manifestDigest(site)
	data, err := json.Marshal(b)
	if err != nil {
		return err
	}
	return writeFile(builtPath(site), data)
}

// manifestDigest names what is in a site's bundle; "": there is none.
func manifestDigest(site string) string {
	return digestFile(filepath.Join(site, bundleDir, bundle.ManifestFile))
}

// digestFile is the SHA-256 of a file, "" where it cannot be read.
func digestFile(path string) string {
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}

func digestText(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// plan says what a build is to be made of. Files whose size and time are those of
// old are not read again.
func (c *buildCmd) plan(ctx context.Context, col *media.Collection, old *built) (*built, error) {
	b := &built{Files: map[string]stamp{}, Items: map[string]maker{}, About: digestFile(filepath.Join(col.Root, aboutFile))}
	if self, err := os.Executable(); err == nil {
		b.Maker = digestFile(self)
	}
	flags, err := c.decisive()
	if err != nil {
		return nil, err
	}
	b.Flags = flags
	files := map[string]bool{}
	for i := range col.Items {
		for _, f := range itemFiles(col, i) {
			files[f] = true
		}
	}
	for _, s := range col.Skipped {
		files[s.File] = true
	}
	var list []string
	for f := range files {
		list = append(list, f)
	}
	stamps := make([]stamp, len(list))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, f := range list {
		g.Go(func() error {
			if ctx.Err() == nil {
				stamps[i] = old.stamp(col.Root, f)
			}
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	for i, f := range list {
		b.Files[f] = stamps[i]
	}
	for i := range col.Items {
		said, err := json.Marshal(&col.Items[i])
		if err != nil {
			return nil, err
		}
		var digests []string
		for _, f := range itemFiles(col, i) {
			digests = append(digests, b.Files[f].Digest)
		}
		b.Items[col.Items[i].ID] = maker{digestText(string(said)), digestText(strings.Join(digests, " "))}
	}
	return b, nil
}

// itemFiles are the files that an item is made of.
func itemFiles(col *media.Collection, i int) []string {
	files := []string{col.Items[i].File}
	if name := col.Items[i].Meta[media.Subtitles]; name != "" {
		files = append(files, name)
	}
	return files
}

// stamp looks at a file, and into it where it is not as it was.
func (b *built) stamp(root, file string) stamp {
	path := filepath.Join(root, filepath.FromSlash(file))
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return stamp{}
	}
	s := stamp{Size: info.Size(), Time: info.ModTime().UnixNano()}
	if b != nil {
		if o, ok := b.Files[file]; ok && o.Size == s.Size && o.Time == s.Time {
			return o
		}
	}
	s.Digest = digestFile(path)
	return s
}

// decisive are the flags that decide what is built, and the files that they name.
func (c *buildCmd) decisive() (string, error) {
	d := *c
	d.Report, d.Device, d.Cache, d.EncoderCache, d.Retrain = "", "", "", "", false
	var err error
	if d.NoMedia && d.BaseURL == "" { // the media are linked to from the one to the other
		if d.Source, err = relative(c.Out, c.Source); err != nil {
			return "", err
		}
	} else {
		d.Source = ""
	}
	d.Out = ""
	text, err := json.Marshal(struct {
		buildCmd
		FFmpeg bool
	}{d, media.HasFFmpeg()})
	if err != nil {
		return "", err
	}
	for _, file := range []string{c.Features, c.EncoderImage, c.EncoderAudio, c.EncoderText, c.Tokenizer, c.Sign} {
		if file == "" {
			continue
		}
		info, err := os.Stat(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue // named when it is opened
		}
		if err != nil {
			return "", err
		}
		text = append(text, digestText(file+info.ModTime().String())...)
	}
	return digestText(string(text)), nil
}

// changes are the items that came, went and are not what they were.
type changes struct{ added, removed, changed []string }

func (n *built) since(old *built) (c changes) {
	for id, m := range n.Items {
		o, ok := old.Items[id]
		switch {
		case !ok:
			c.added = append(c.added, id)
		case o != m:
			c.changed = append(c.changed, id)
		}
	}
	for id := range old.Items {
		if _, ok := n.Items[id]; !ok {
			c.removed = append(c.removed, id)
		}
	}
	return c
}

func (c *changes) count() int { return len(c.added) + len(c.removed) + len(c.changed) }

// few says whether so little has changed since the training that what it has
// learnt still holds: a tenth.
func (c *changes) few(old *built) bool { return 10*(old.Touched+c.count()) <= old.Trained+9 }
