package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"ace/assets"
	"ace/core"
	"ace/core/bundle"
	"ace/core/search"
	"ace/train/corpus"
	"ace/train/identify"

	"aead.dev/minisign"
)

// Folders of a site.
const (
	bundleDir = "bundle"
	mediaDir  = "media"
	siteMark  = "index.html" // tells a site from a folder of something else
)

// siteFlags are the flags of build and pack.
type siteFlags struct {
	NoMedia bool   `help:"Leave the media where they are and link to them there."`
	BaseURL string `placeholder:"URL" help:"Put before the media's paths, as when they will lie on another host: before media/ or, with --no-media, before the paths of the collection."`
	Sign    string `placeholder:"KEY" help:"Sign the bundle with this secret key of minisign."`

	key *minisign.PrivateKey // of Sign
}

type packCmd struct {
	Weights   string `arg:"" help:"The file that train wrote."`
	Out       string `short:"o" required:"" placeholder:"SITE" help:"The site's folder."`
	siteFlags `embed:""`
}

func (c *packCmd) Run(ctx context.Context, t *out) error {
	var err error
	if c.key, err = c.signer(t); err != nil {
		return err
	}
	release, err := claimFolder(c.Out)
	if err != nil {
		return err
	}
	defer release()
	in, err := stepInput(ctx, c.Weights, bundle.Weights, "train")
	if err != nil {
		return err
	}
	s := site{}
	if s.col, err = readCollection(ctx, in); err != nil {
		return err
	}
	if s.ids, err = identify.Load(ctx, in); err != nil {
		return err
	}
	if s.config, s.params, _, err = search.ReadModel(ctx, in); err != nil {
		return err
	}
	m, err := readMeaning(ctx, in, s.col.items)
	if err != nil {
		return err
	}
	s.meaning = *m
	if err := errors.Join(in.Meta(search.MetaMix, &s.mix), in.Meta(search.MetaTrust, &s.trust)); err != nil {
		return err
	}
	return s.write(t, c.Out, c.siteFlags)
}

// site is all that goes into a static site.
type site struct {
	col collection
	index
}

// write makes the site's folder: the page, bundle/ and media/.
func (s *site) write(t *out, place string, flags siteFlags) (err error) {
	page, err := assets.Page()
	if err != nil {
		return hint(err, "build the command with `make build`")
	}
	base, err := mediaBase(flags)
	if err != nil {
		return err
	}
	f, err := newFolder(place, siteMark)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.drop()
		}
	}()
	items, size, err := s.media(t, f, place, flags, base)
	if err != nil {
		return err
	}
	b, rest, err := s.bundle(items, corpus.Words(corpus.Read(items)), s.dual.Items)
	if err != nil {
		return err
	}
	s.freeze(b, rest)
	if err := s.describe(b); err != nil {
		return err
	}
	if !flags.NoMedia {
		b.SetMeta(metaMedia, mediaMeta{len(items), size})
	}
	if err := f.addContainer(bundleDir, b); err != nil {
		return err
	}
	if flags.key != nil {
		if err := f.sign(bundleDir, flags.key); err != nil {
			return err
		}
	}
	if err := f.addPage(page); err != nil {
		return err
	}
	if err := f.commit(); err != nil {
		return err
	}
	t.print("%s: %d items, open it with `ace serve %s`", place, len(items), place)
	return nil
}

// mediaBase is what --base-url puts before the media's paths.
func mediaBase(flags siteFlags) (string, error) {
	if flags.BaseURL == "" {
		return "", nil
	}
	u, err := url.Parse(flags.BaseURL)
	if err != nil || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return "", usage("--base-url %s is no address of a site", "such as https://example.org/archive/", flags.BaseURL)
	}
	return strings.TrimSuffix(flags.BaseURL, "/") + "/", nil
}

// metaMedia is how much the media of a site are.
const metaMedia = "media"

type mediaMeta struct {
	Files int   `json:"files"`
	Bytes int64 `json:"bytes"`
}

// media copies the media into the site unless they stay where they are, and
// returns the items with their files as the page must ask for them, and the bytes
// that were copied.
func (s *site) media(t *out, f *folder, place string, flags siteFlags, base string) (list []core.Item, size int64, err error) {
	items := slices.Clone(s.col.items)
	taken := map[string]bool{}
	for i := range items {
		it := &items[i]
		from := filepath.Join(s.col.root, filepath.FromSlash(it.File))
		if !flags.NoMedia {
			name := mediaName(it.File, taken)
			n, err := f.copy(name, from)
			if err != nil {
				if errors.Is(err, fs.ErrNotExist) {
					return nil, 0, hint(err, "the media have moved since they were read; run `ace extract` again")
				}
				return nil, 0, err
			}
			size += n
			it.File = base + escape(name)
			t.progress("media", i+1, len(items))
			continue
		}
		if it.File, err = linked(place, from, it.File, base); err != nil {
			return nil, 0, err
		}
	}
	return items, size, nil
}

// linked is how the page of a site asks for a file that stays where it is.
func linked(place, from, file, base string) (string, error) {
	if base == "" {
		rel, err := relative(place, from)
		if err != nil {
			return "", hint(fmt.Errorf("%s cannot be reached from %s", from, place), "use --base-url")
		}
		file = rel
	}
	return base + escape(file), nil
}

// relative is the way from a folder to a file, in slashes.
func relative(folder, file string) (string, error) {
	a, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	b, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	rel, err := filepath.Rel(a, b)
	return filepath.ToSlash(rel), err
}

// mediaName is where a file goes in the site: below media/, with the folders
// that it has below the collection's, and no name twice.
func mediaName(file string, taken map[string]bool) string {
	name := strings.TrimPrefix(path.Clean("/"+file), "/") // "../" at the start falls away
	name = strings.TrimPrefix(name, mediaDir+"/")
	ext := path.Ext(name)
	for n, stem := 2, strings.TrimSuffix(name, ext); taken[name]; n++ {
		name = fmt.Sprintf("%s-%d%s", stem, n, ext)
	}
	taken[name] = true
	return mediaDir + "/" + name
}

// escape makes a path fit for a URL.
func escape(p string) string { return (&url.URL{Path: p}).EscapedPath() }

// describe adds what the page says of the collection: title, credits and example
// questions.
func (s *site) describe(b *bundle.Builder) error {
	about, err := readAbout(s.col.root)
	if err != nil {
		return err
	}
	if about.Title != "" {
		b.SetMeta("title", about.Title)
	}
	s.acknowledge(b, about.Credits)
	examples := about.Examples
	if len(examples) == 0 {
		examples = chooseExamples(s.col.items)
	}
	b.SetMeta("examples", examples)
	return nil
}
