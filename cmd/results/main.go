// Command results builds and scores collections as the plan in plan.go says, and
// writes docs/results.md from what ace eval measured:
//
//	results                  do what is not done yet, then write the page
//	results -list            what the plan has, and what of it is done
//	results -only a,b        repeat these runs; with -evals, their scores alone
//	results -page            write the page from docs/results/results.json
//
// Records of what is done lie in the folder -work, one a run and seed; one that
// is deleted is made anew. Without a folder of protocols the built-in collection
// is asked for texts that were taken out of it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
)

func main() {
	var b bench
	flag.StringVar(&b.ace, "ace", "build/ace", "the command to measure")
	flag.StringVar(&b.shared, "shared", os.Getenv("ACE_SHARED"), "folder that holds protocols/, features/ and data/")
	flag.StringVar(&b.work, "work", "build/results", "folder of records and sites")
	docs := flag.String("docs", "docs", "folder of results.md and results/")
	demo := flag.String("demo", "build/collection/items.jsonl", "the built-in collection")
	only := flag.String("only", "", "repeat these runs alone, by name")
	flag.BoolVar(&b.scoreOnly, "evals", false, "with -only: keep what was built")
	list := flag.Bool("list", false, "list the plan")
	write := flag.Bool("page", false, "write the page from the numbers that are there")
	flag.Parse()
	b.tell = os.Stderr
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var err error
	if *write {
		err = writePage(*docs, nil)
	} else {
		err = b.all(ctx, *docs, *demo, *only, *list)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "results: error: %v\n", err)
		os.Exit(1)
	}
}

// all carries out the plan, or the runs named by only, and writes the page. A
// run that fails does not keep the others from being done.
func (b *bench) all(ctx context.Context, docs, demo, only string, list bool) error {
	runs := plan()
	var names []string
	if only != "" {
		names = strings.Split(only, ",")
	}
	if protocols := filepath.Join(b.shared, "protocols"); b.shared != "" && isDir(protocols) {
		more, err := discover(protocols, runs)
		if err != nil {
			return err
		}
		runs = append(runs, more...)
		if err := makeLanguages(filepath.Join(b.shared, "data", "emoji_noto", "items.jsonl"), filepath.Join(b.work, languagesRun), 1); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	} else {
		b.say("no protocols in %q: asking %s for texts that are taken out of it", b.shared, demo)
		if err := makeDemo(demo, filepath.Join(b.work, demoName), 1); err != nil {
			return err
		}
		runs = append(runs, demoRun())
		if only == "" {
			names = []string{demoName}
		}
	}
	chosen, err := choose(runs, names)
	if err != nil {
		return err
	}
	if list {
		return b.list(chosen)
	}
	for _, r := range chosen {
		if only != "" {
			if err := b.forget(r); err != nil {
				return err
			}
		}
	}
	failed := b.carryAll(ctx, chosen)
	return errors.Join(failed, writePage(docs, func(old numbers) (numbers, error) { return b.gather(old, runs) }))
}

// carryAll goes seed by seed, so that every run has one before any has two.
func (b *bench) carryAll(ctx context.Context, runs []run) error {
	var failed error
	most := 0
	for _, r := range runs {
		most = max(most, len(r.seeds))
	}
	for k := range most {
		for _, r := range runs {
			if k >= len(r.seeds) {
				continue
			}
			if _, err := os.Stat(b.expand(r.items)); err != nil {
				b.say("%s is passed over: %v", r.name, err)
				continue
			}
			if err := b.carry(ctx, r, r.seeds[k]); err != nil {
				if ctx.Err() != nil {
					return errors.New("interrupted; the same call goes on")
				}
				b.say("%s, seed %d: %v", r.name, r.seeds[k], err)
				failed = errors.Join(failed, fmt.Errorf("%s, seed %d: %w", r.name, r.seeds[k], err))
			}
		}
	}
	return failed
}
