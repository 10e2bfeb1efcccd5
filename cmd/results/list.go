package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// list says what of the runs is done.
func (b *bench) list(runs []run) error {
	var total time.Duration
	for _, r := range runs {
		var done []string
		for _, seed := range r.seeds {
			rec, err := b.load(r, seed)
			if err != nil {
				return err
			}
			if rec == nil {
				done, total = append(done, "-"), total+r.budget()
				continue
			}
			n := 0
			asks := r.asks(seed)
			for _, q := range asks {
				if rec.find(q) != nil {
					n++
				}
			}
			done = append(done, fmt.Sprintf("%d/%d", n, len(asks)))
		}
		fmt.Printf("%-28s %-12s %s\n", r.name, strings.Join(done, " "), strings.Join(r.flags, " "))
	}
	fmt.Printf("about %s of building is left\n", total)
	return nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// discover makes runs of the protocols of a folder that the plan does not name.
func discover(folder string, planned []run) ([]run, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.items.jsonl"))
	if err != nil {
		return nil, err
	}
	var out []run
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".items.jsonl")
		if slices.ContainsFunc(planned, func(r run) bool { return r.name == name }) {
			continue
		}
		out = append(out, protocolRun(name, nil, three, allOf(name)))
	}
	return out, nil
}
