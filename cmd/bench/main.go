// Command bench makes the sites that `make bench-browser` measures, and the page
// of what it measured:
//
//	bench -o build/bench                  a site for each of -items, random but for the seed
//	bench -page                           docs/bench.md from docs/results/bench.json
//
// A site is what `ace pack` would write for a collection of that size, with a
// network of random weights and random identifiers: searching it takes the time
// of a search and finds nothing worth finding. The file queries.json, which no
// real site has, holds questions to ask.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

func main() {
	out := flag.String("o", "build/bench", "folder of the sites, one a number of items")
	items := flag.String("items", "2000,100000,1000000", "numbers of items, one site each")
	hybrid := flag.String("hybrid", "2000,100000", "numbers of items for sites that also have words and vectors of the items, NUMBER-hybrid")
	single := flag.String("f32", "2000", "numbers of items for sites whose weights are as they were trained, NUMBER-f32; those of others are int8, as shipped")
	p := standard
	flag.IntVar(&p.encoder, "encoder", p.encoder, "encoder layers")
	flag.IntVar(&p.decoder, "decoder", p.decoder, "decoder layers")
	flag.IntVar(&p.width, "width", p.width, "width of the network")
	flag.IntVar(&p.heads, "heads", p.heads, "attention heads")
	flag.IntVar(&p.ffn, "ffn", p.ffn, "width of the feed-forward layers")
	flag.IntVar(&p.levels, "levels", p.levels, "codes of an identifier, each a step of the decoder")
	flag.IntVar(&p.pieces, "pieces", p.pieces, "ids of the vocabulary")
	flag.IntVar(&p.words, "words", p.words, "words of a question")
	flag.Uint64Var(&p.seed, "seed", p.seed, "same seed, same sites")
	page := flag.Bool("page", false, "write docs/bench.md instead")
	docs := flag.String("docs", "docs", "folder of bench.md and results/bench.json")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := func() error {
		if *page {
			return writePage(*docs)
		}
		for _, set := range []struct {
			sizes, suffix string
			kind          kind
		}{{*items, "", kind{}}, {*hybrid, "-hybrid", kind{hybrid: true}}, {*single, "-f32", kind{single: true}}} {
			sizes, err := numbers(set.sizes)
			if err != nil {
				return err
			}
			for _, n := range sizes {
				place := filepath.Join(*out, strconv.Itoa(n)+set.suffix)
				if err := p.site(ctx, place, n, set.kind); err != nil {
					return fmt.Errorf("%s: %w", place, err)
				}
				fmt.Fprintf(os.Stderr, "%s: %d items\n", place, n)
			}
		}
		return nil
	}()
	if err != nil {
		fmt.Fprintf(os.Stderr, "bench: error: %v\n", err)
		os.Exit(1)
	}
}

// numbers reads "2000,100000".
func numbers(list string) ([]int, error) {
	var out []int
	for s := range strings.SplitSeq(list, ",") {
		if s == "" {
			continue
		}
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("%q is no number of items", s)
		}
		out = append(out, n)
	}
	return out, nil
}
