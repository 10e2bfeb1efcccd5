// Command demo writes the built-in collection: emoji pictures with names in
// many languages from npm packages (see package.json), and sounds and
// animations that it computes itself. Without the packages it writes the
// computed part alone and says so.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"ace/cmd/demo/emoji"
	"ace/cmd/demo/film"
	"ace/cmd/demo/synth"
	"ace/core"

	"github.com/alecthomas/kong"
)

var flags struct {
	Out      string `short:"o" required:"" type:"path" help:"Folder to write."`
	Packages string `default:"cmd/demo/node_modules" type:"path" help:"Folder of the installed npm packages."`
	Only     string `enum:"all,computed" default:"all" help:"all, or computed: the sounds and animations alone."`
	Every    int    `default:"1" help:"Write every n-th item only: a small collection for tests."`
	Size     int    `default:"160" help:"Width and height of the pictures in pixels."`
}

// about is what the page says of the collection.
type about struct {
	Title    string   `json:"title"`
	Credits  []credit `json:"credits"`
	Examples []string `json:"examples"`
}

type credit struct {
	Text string `json:"text"`
	URL  string `json:"url,omitempty"`
}

func main() {
	kong.Parse(&flags, kong.Name("demo"), kong.Description("Writes the built-in collection: items.jsonl, media/ and about.json."))
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "demo: error:", err)
		os.Exit(1)
	}
}

func run() error {
	if flags.Every < 1 {
		return fmt.Errorf("--every %d: want 1 or more", flags.Every)
	}
	temp := flags.Out + ".part"
	if err := os.RemoveAll(temp); err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if err := os.MkdirAll(filepath.Join(temp, "media"), 0o777); err != nil {
		return err
	}
	c := collection{root: temp}
	page := about{Title: "Emoji, sounds and animations",
		Credits:  []credit{{Text: "Sounds and animations: computed by the programs of ace itself, MIT licence"}},
		Examples: []string{"rain", "car speeding up", "happy music", "fish swimming", "something to celebrate", "old telephone"}}
	if flags.Only == "all" {
		pictures, skipped, err := emoji.Read(flags.Packages, flags.Size)
		if os.IsNotExist(err) {
			fmt.Fprintf(os.Stderr, "demo: no pictures: %v\ndemo: hint: npm ci --prefix cmd/demo installs them; going on with sounds and animations alone\n", err)
		} else if err != nil {
			return err
		} else {
			for _, c := range emoji.Credits {
				page.Credits = append(page.Credits, credit{c[0], c[1]})
			}
			page.Examples = []string{"dog", "rain", "rocket launch", "regenschirm", "violin", "spinning cube", "зонт", "猫"}
			for _, p := range pictures {
				c.add(p.Item, func() ([]byte, error) { return p.PNG, nil })
			}
			if skipped > 0 {
				fmt.Fprintf(os.Stderr, "skipped:%d drawings that need more of SVG than we draw\n", skipped)
			}
		}
	}
	for _, s := range synth.All() {
		c.add(core.Item{ID: s.ID, File: "media/" + s.ID + ".wav", Kind: core.Audio, Title: s.Title, Captions: s.Captions,
			Keywords: s.Keywords, Meta: map[string]string{"source": "computed", "group": s.Group}}, func() ([]byte, error) { return s.WAV(), nil })
	}
	for _, f := range film.All() {
		c.add(core.Item{ID: f.ID, File: "media/" + f.ID + ".gif", Kind: core.Video, Title: f.Title, Captions: f.Captions,
			Keywords: f.Keywords, Meta: map[string]string{"source": "computed", "group": f.Group}}, f.GIF)
	}
	if c.err != nil {
		return c.err
	}
	if err := os.WriteFile(filepath.Join(temp, "items.jsonl"), c.lines.Bytes(), 0o666); err != nil {
		return err
	}
	b, err := json.MarshalIndent(page, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(temp, "about.json"), append(b, '\n'), 0o666); err != nil {
		return err
	}
	if err := os.RemoveAll(flags.Out); err != nil {
		return err
	}
	if err := os.Rename(temp, flags.Out); err != nil {
		return err
	}
	fmt.Printf("images:%d audio:%d video:%d media_bytes:%d folder:%s\n", c.count[core.Image], c.count[core.Audio], c.count[core.Video], c.bytes, flags.Out)
	return nil
}

// collection gathers the items and writes their media.
type collection struct {
	root  string
	seen  int
	count [core.Kinds]int
	bytes int
	lines bytes.Buffer
	err   error // the first one
}

func (c *collection) add(it core.Item, media func() ([]byte, error)) {
	c.seen++
	if c.err != nil || (c.seen-1)%flags.Every != 0 {
		return
	}
	b, err := media()
	if err == nil {
		err = os.WriteFile(filepath.Join(c.root, filepath.FromSlash(it.File)), b, 0o666)
	}
	enc := json.NewEncoder(&c.lines)
	enc.SetEscapeHTML(false)
	if err == nil {
		err = enc.Encode(it)
	}
	if err != nil {
		c.err = fmt.Errorf("%s: %w", it.ID, err)
	}
	c.count[it.Kind]++
	c.bytes += len(b)
}
