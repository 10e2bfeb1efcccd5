package main

import (
	"context"
	"fmt"
	"path/filepath"

	"ace/core/bundle"
	"ace/train/feature"
	"ace/train/media"
)

// featureFlags are the flags of build and extract.
type featureFlags struct {
	Features     string `placeholder:"F.npy" help:"Vectors of the media in place of the built-in ones: float32 [N,D], row i for item i."`
	Join         bool   `help:"Use --features beside the built-in vectors."`
	EncoderImage string `placeholder:"M.onnx" help:"Not yet." hidden:""`
	EncoderAudio string `placeholder:"M.onnx" help:"Not yet." hidden:""`
}

type extractCmd struct {
	Source       string `arg:"" placeholder:"DIR|items.jsonl" help:"A folder of media, or an items.jsonl."`
	Out          string `short:"o" required:"" placeholder:"FILE" help:"Where the vectors go."`
	Seed         uint64 `default:"1" placeholder:"N" help:"Same media and seed, same vectors."`
	featureFlags `embed:""`
}

// tensorFeatures is the name of the vectors in a container, f32 [N, D].
const tensorFeatures = "features"

func (c *extractCmd) Run(ctx context.Context, t *out) error {
	if err := c.check(); err != nil {
		return err
	}
	release, err := claim(c.Out)
	if err != nil {
		return err
	}
	defer release()
	f, err := c.extract(ctx, t, c.Source, c.Seed)
	if err != nil {
		return err
	}
	b := bundle.NewBuilder(bundle.Features)
	if err := f.Save(b); err != nil {
		return err
	}
	if err := writeContainer(c.Out, b); err != nil {
		return err
	}
	t.print("%s: %s", c.Out, vectorsText(f))
	return nil
}

// check refuses what does nothing yet.
func (f *featureFlags) check() error {
	for flag, value := range map[string]string{"--encoder-image": f.EncoderImage, "--encoder-audio": f.EncoderAudio} {
		if value != "" {
			return usage("%s does not exist yet", "run the encoder yourself and give its vectors by --features F.npy", flag)
		}
	}
	if f.Join && f.Features == "" {
		return usage("--join without --features", "there is nothing to join")
	}
	return nil
}

// extract reads a collection and makes its vectors. Files that cannot be read
// are named.
func (f *featureFlags) extract(ctx context.Context, t *out, source string, seed uint64) (*feature.Features, error) {
	o := feature.Defaults()
	o.Seed, o.Join = seed, f.Join
	o.Progress = func(done, total int) { t.progress("extract", done, total) }
	if f.Features != "" {
		var err error
		if o.Given, err = feature.ReadGiven(f.Features); err != nil {
			return nil, hint(err, "numpy.save writes such a file: float32, a row an item")
		}
	}
	col, err := media.Load(source)
	if err != nil {
		return nil, err
	}
	made, err := feature.Extract(ctx, col, o)
	if err != nil {
		return nil, err
	}
	tellSkipped(t, made)
	// The steps may be run from different folders.
	made.Root, err = filepath.Abs(made.Root)
	return made, err
}

// tellSkipped names the files that cannot be read.
func tellSkipped(t *out, f *feature.Features) {
	for _, s := range f.Skipped {
		t.say("skipped:%s reason:%s", s.File, s.Reason)
	}
}

// skippedText says how many these are.
func skippedText(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("; %d skipped", n)
}

// vectorsText says what was made.
func vectorsText(f *feature.Features) string {
	s := fmt.Sprintf("%d items, vectors of %d values", f.N, f.D) + skippedText(len(f.Skipped))
	if f.Report.Wordless > 0 {
		s += fmt.Sprintf("; %d without words, %d of these described by their media", f.Report.Wordless, f.Report.Predicted)
	}
	return s
}
