package main

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"ace/assets"
	"ace/core/bundle"
	"ace/train/feature"
	"ace/train/index"

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

	key  *minisign.PrivateKey // of Sign
	kept *feature.Kept        // what was found in the media; nil: nothing is kept
}

type packCmd struct {
	Weights   string `arg:"" help:"The file that train wrote."`
	Out       string `short:"o" required:"" placeholder:"SITE" help:"The site's folder."`
	siteFlags `embed:""`
	keptFlags `embed:""`
}

func (c *packCmd) Run(ctx context.Context, t *out) error {
	var err error
	if c.siteFlags.kept, err = c.openKept(); err != nil {
		return err
	}
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
	col, x, err := index.Read(ctx, in)
	if err != nil {
		return err
	}
	s := site{col, x}
	if err := s.write(ctx, t, c.Out, c.siteFlags); err != nil {
		return err
	}
	t.print("%s: %d items, open it with `ace serve %s`", c.Out, len(col.Items), c.Out)
	return nil
}

// site is all that goes into a static site.
type site struct {
	col   index.Collection
	index *index.Index
}

// write makes the site's folder: the page, bundle/ and media/.
func (s *site) write(ctx context.Context, t *out, place string, flags siteFlags) (err error) {
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
	items, size, err := s.media(ctx, t, f, place, flags, base)
	if err != nil {
		return err
	}
	b, err := s.index.Bundle(items)
	if err != nil {
		return err
	}
	if err := describe(b, s.col, s.index.HasWords()); err != nil {
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
	if err := f.addPage(page, pageKey(place)); err != nil {
		return err
	}
	return f.commit()
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

// What a bundle says of its collection, and metaNotice with the credits.
const (
	metaTitle    = "title"
	metaCredits  = "credits"
	metaExamples = "examples"
)

var metaAbout = []string{metaTitle, metaCredits, metaNotice, metaExamples, metaMedia}

// describe adds what the page says of the collection: title, credits, with those of
// the word vectors where the bundle has them, and example questions.
func describe(b *bundle.Builder, col index.Collection, words bool) error {
	about, err := readAbout(col.Root)
	if err != nil {
		return err
	}
	if about.Title != "" {
		b.SetMeta(metaTitle, about.Title)
	}
	acknowledge(b, about.Credits, words)
	examples := about.Examples
	if len(examples) == 0 {
		examples = chooseExamples(col.Items)
	}
	b.SetMeta(metaExamples, examples)
	return nil
}
