package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ace/train/report"
)

func emptyReport() *report.Collection { return &report.Collection{} }

// The test binary stands in for ace when calls names a file: it notes the call
// there, leaves what ace leaves and answers as ace does.
const calls = "RESULTS_TEST_CALLS"

func TestMain(m *testing.M) {
	if log := os.Getenv(calls); log != "" && len(os.Args) > 1 && (os.Args[1] == "build" || os.Args[1] == "eval") {
		if err := standIn(log, os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		return
	}
	os.Exit(m.Run())
}

func standIn(log string, args []string) error {
	f, err := os.OpenFile(log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	defer f.Close()
	fmt.Fprintln(f, strings.Join(args, " "))
	after := func(flag string) string { return args[slices.Index(args, flag)+1] }
	if args[0] == "build" {
		if slices.Contains(args, "--fail") {
			return fmt.Errorf("ace: error: it failed")
		}
		data, err := json.Marshal(report.Collection{Seconds: 12, Bytes: 1000})
		if err != nil {
			return err
		}
		return errors.Join(write(filepath.Join(after("-o"), "bundle", "x"), nil), write(filepath.Join(after("--report"), "report.json"), data))
	}
	fmt.Println(`{"protocol":{"questions":2,"candidates":3},"systems":[{"name":"ace","mode":"pure","r1":50,"setting":"s"}]}`)
	return nil
}

// A run is done once: called again it does nothing, and it does again what is
// missing, what is forgotten and what has other flags.
func TestCarry(t *testing.T) {
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	log := filepath.Join(dir, "calls")
	t.Setenv(calls, log)
	b := bench{ace: self, shared: filepath.Join(dir, "shared"), work: filepath.Join(dir, "work"), tell: io.Discard}
	if err := write(filepath.Join(b.shared, "protocols", "x.queries.jsonl"), []byte(`{"query":"q","relevant":["b","a"]}`+"\n"+`{"query":"r","relevant":["b"]}`+"\n")); err != nil {
		t.Fatal(err)
	}
	pool := allOf("x")
	pool.asked = true
	r := protocolRun("x", timed("1m"), one, allOf("x"), pool)
	did := func(what string, want ...string) {
		t.Helper()
		if err := b.carry(t.Context(), r, 1); err != nil {
			t.Fatal(err)
		}
		data, _ := os.ReadFile(log)
		os.Remove(log)
		var got []string
		for line := range strings.Lines(string(data)) {
			got = append(got, strings.Fields(line)[0])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: it called %v, want %v", what, got, want)
		}
	}
	did("at first", "build", "eval", "eval")
	did("again")
	if list, err := os.ReadFile(b.expand(poolFile("x.queries.jsonl"))); err != nil || string(list) != "b\na\n" {
		t.Errorf("the pool is %q: %v", list, err)
	}
	rec, err := b.load(r, 1)
	if err != nil || rec == nil || rec.Report.Seconds != 12 || rec.Answers[0].Candidates != 3 || rec.Answers[0].Systems[0].R1 != 50 {
		t.Fatalf("%+v, %v", rec, err)
	}
	rec.Answers = rec.Answers[:1]
	if err := b.save(r, rec); err != nil {
		t.Fatal(err)
	}
	did("with answers missing", "eval")
	b.scoreOnly = true
	if err := b.forget(r); err != nil {
		t.Fatal(err)
	}
	did("scores forgotten", "eval", "eval")
	b.scoreOnly = false
	if err := b.forget(r); err != nil {
		t.Fatal(err)
	}
	did("forgotten", "build", "eval", "eval")
	r.flags = append(r.flags, "--size", "tiny")
	did("with other flags", "build", "eval", "eval")
	r.flags = append(r.flags, "--fail")
	if err := b.carry(context.Background(), r, 1); err == nil || !strings.Contains(err.Error(), "it failed") {
		t.Errorf("a build that failed: %v", err)
	}
}
