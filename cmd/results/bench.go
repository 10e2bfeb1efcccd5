package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"ace/train/report"
)

// bench is where runs are carried out, by calls of the command ace.
type bench struct {
	ace       string // the command
	shared    string // folder with protocols/, features/, data/
	work      string // folder of records, sites and questions made here
	tell      io.Writer
	scoreOnly bool // where a site is there, score it and do not build it anew
}

func (b *bench) say(format string, args ...any) {
	fmt.Fprintf(b.tell, "results: "+format+"\n", args...)
}

// expand puts this machine's folders in the place of their names.
func (b *bench) expand(s string) string {
	return strings.NewReplacer("{shared}", b.shared, "{protocols}", filepath.Join(b.shared, "protocols"), "{work}", b.work).Replace(s)
}

func (b *bench) expandAll(s []string) []string {
	out := make([]string, len(s))
	for i := range s {
		out[i] = b.expand(s[i])
	}
	return out
}

// place is the folder of a run with one seed; its record lies beside it.
func (b *bench) place(r run, seed uint64) string {
	return filepath.Join(b.work, fmt.Sprintf("%s-%d", r.name, seed))
}

// load returns the record of a run with one seed, nil where there is none that
// was made with the same flags.
func (b *bench) load(r run, seed uint64) (*record, error) {
	var rec record
	ok, err := read(b.place(r, seed)+".json", &rec)
	if err != nil || !ok || !slices.Equal(rec.Flags, r.flags) {
		return nil, err
	}
	return &rec, nil
}

func (b *bench) save(r run, rec *record) error {
	data, err := json.MarshalIndent(rec, "", " ")
	if err != nil {
		return err
	}
	return write(b.place(r, rec.Seed)+".json", append(data, '\n'))
}

// forget makes a run be repeated: all of it or, to score only, its answers.
func (b *bench) forget(r run) error {
	for _, seed := range r.seeds {
		rec, err := b.load(r, seed)
		switch {
		case err != nil || !b.scoreOnly:
			if err := os.Remove(b.place(r, seed) + ".json"); err != nil && !errors.Is(err, os.ErrNotExist) {
				return err
			}
		case rec != nil:
			rec.Answers = nil
			if err := b.save(r, rec); err != nil {
				return err
			}
		}
	}
	return nil
}

// carry does what is not done of a run with one seed.
func (b *bench) carry(ctx context.Context, r run, seed uint64) error {
	place, site := b.place(r, seed), filepath.Join(b.place(r, seed), "site")
	rec, err := b.load(r, seed)
	if err != nil {
		return err
	}
	asks := r.asks(seed)
	if rec != nil && !slices.ContainsFunc(asks, func(q ask) bool { return rec.find(q) == nil }) {
		return nil
	}
	if _, err := os.Stat(filepath.Join(site, "bundle")); rec == nil || err != nil {
		if err := os.MkdirAll(place, 0o755); err != nil {
			return err
		}
		b.say("%s, seed %d: build %s", r.name, seed, strings.Join(r.flags, " "))
		// Nothing of an earlier run may take part: its time is measured.
		args := append([]string{"build", b.expand(r.items), "-o", site, "--no-media", "--retrain", "--cache", "none", "--seed", strconv.FormatUint(seed, 10), "--report", filepath.Join(place, "report")}, b.expandAll(r.flags)...)
		if _, err := b.call(ctx, place, args); err != nil {
			return err
		}
		rec = &record{Run: r.name, Seed: seed, Flags: r.flags, Machine: machine(), Report: &report.Collection{}}
		if ok, err := read(filepath.Join(place, "report", "report.json"), rec.Report); err != nil || !ok {
			return errors.Join(err, fmt.Errorf("%s: ace build wrote no report.json", place))
		}
		if err := b.save(r, rec); err != nil {
			return err
		}
	}
	for _, q := range asks {
		if rec.find(q) != nil {
			continue
		}
		if err := b.pool(q); err != nil {
			return err
		}
		b.say("%s, seed %d: eval %s", r.name, seed, strings.Join(q.flags, " "))
		out, err := b.call(ctx, place, append([]string{"eval", filepath.Join(site, "bundle"), "--json"}, b.expandAll(q.flags)...))
		if err != nil {
			return err
		}
		a := answer{Exam: q.exam, Flags: q.flags}
		if err := a.understand(out); err != nil {
			return err
		}
		rec.Answers = append(rec.Answers, a)
		if err := b.save(r, rec); err != nil {
			return err
		}
	}
	return nil
}

// call runs ace; what it says on the way goes to log.txt of the place.
func (b *bench) call(ctx context.Context, place string, args []string) ([]byte, error) {
	log, err := os.OpenFile(filepath.Join(place, "log.txt"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	fmt.Fprintf(log, "ace %s\n", strings.Join(args, " "))
	var out, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, b.ace, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // ace keeps its checkpoint
	cmd.WaitDelay = 10 * time.Second
	cmd.Stdout, cmd.Stderr = &out, io.MultiWriter(log, &stderr)
	if err := cmd.Run(); err != nil {
		said := slices.DeleteFunc(strings.Split(stderr.String(), "\n"), func(line string) bool { return !strings.HasPrefix(line, "ace: ") })
		return nil, fmt.Errorf("ace %s: %w: %s", args[0], err, strings.Join(said, "; "))
	}
	return out.Bytes(), nil
}

// pool writes the candidates' list that an ask names.
func (b *bench) pool(q ask) error {
	at := slices.Index(q.flags, "--pool")
	if at < 0 {
		return nil
	}
	asked := map[string]bool{}
	var list strings.Builder
	if err := eachLine(b.expand(q.flags[slices.Index(q.flags, "--queries")+1]), func(line []byte) error {
		var question question
		if err := json.Unmarshal(line, &question); err != nil {
			return err
		}
		for _, id := range question.Relevant {
			if !asked[id] {
				asked[id] = true
				list.WriteString(id + "\n")
			}
		}
		return nil
	}); err != nil {
		return err
	}
	return write(b.expand(q.flags[at+1]), []byte(list.String()))
}

// eachLine calls f for every line of a file that is not blank.
func eachLine(path string, f func(line []byte) error) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	s := bufio.NewScanner(file)
	s.Buffer(nil, 1<<24)
	for n := 1; s.Scan(); n++ {
		if line := bytes.TrimSpace(s.Bytes()); len(line) > 0 {
			if err := f(line); err != nil {
				return fmt.Errorf("%s:%d: %w", path, n, err)
			}
		}
	}
	return s.Err()
}

// machine says what the figures were taken on.
func machine() string {
	name := runtime.GOARCH
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for line := range strings.Lines(string(info)) {
			if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == "model name" {
				name = strings.TrimSpace(value)
				break
			}
		}
	}
	return fmt.Sprintf("%s, %d cores, %s/%s, %s", name, runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
}
