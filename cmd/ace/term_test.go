package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"ace/core"
)

func TestProgressLines(t *testing.T) {
	var b bytes.Buffer
	o := &out{stderr: &b}
	o.progress("train", 1, 100, "loss", "0.5")
	o.progress("train", 2, 100)                 // too soon
	o.told = o.told.Add(-3 * time.Second)       // later,
	o.began = o.began.Add(-10 * time.Second)    // after ten seconds
	o.progress("train", 50, 100, "loss", "0.4") // half of it is done
	o.told = o.told.Add(-3 * time.Second)
	o.progress("train", 60, 100, "left", "1s") // a better estimate
	o.progress("train", 100, 100)
	o.told = time.Time{}
	o.progress("media", 0, 0)
	lines := strings.Split(b.String(), "\n")
	want := []string{"stage:train done:1/100 loss:0.5 left:0s", "stage:train done:50/100 loss:0.4 left:10s", "stage:train done:60/100 left:1s", "stage:train done:100/100", "stage:media done:0/0", ""}
	if strings.Join(lines, "|") != strings.Join(want, "|") {
		t.Errorf("lines %q, want %q", lines, want)
	}
}

func TestBar(t *testing.T) {
	var b bytes.Buffer
	o := &out{stderr: &b, tty: true}
	o.progress("train", 0, 4)
	o.told = time.Time{} // the bar is drawn ten times a second
	o.progress("train", 2, 4, "loss", "0.25")
	o.close()
	if s := b.String(); !strings.Contains(s, "train") || !strings.Contains(s, "loss 0.25") || !strings.Contains(s, "2/4") || strings.Contains(s, "stage:") {
		t.Errorf("bar %q", s)
	}
	if o.bar != nil {
		t.Error("the bar is still there")
	}
}

func TestFail(t *testing.T) {
	for _, test := range []struct {
		err  error
		want string
	}{
		{errors.New("no such thing"), "ace: error: no such thing\n"},
		{hint(errors.New("no such thing"), "look elsewhere"), "ace: error: no such thing\nace: hint: look elsewhere\n"},
		{fmt.Errorf("a.jsonl: %w", hint(errors.New("odd"), "even it")), "ace: error: a.jsonl: odd\nace: hint: even it\n"},
		{usage("-k %d", "it is 1 to %d", 0), "ace: error: -k 0\nace: hint: it is 1 to %d\n"},
	} {
		var b bytes.Buffer
		if code := (&out{stderr: &b}).fail(test.err, exitUsage); code != exitUsage || b.String() != test.want {
			t.Errorf("code %d, %q, want %q", code, b.String(), test.want)
		}
	}
	if hint(nil, "x") != nil {
		t.Error("a hint made an error of nothing")
	}
}

func TestChooseExamples(t *testing.T) {
	var items []core.Item
	for i := range 30 {
		items = append(items, core.Item{Kind: core.Kind(i % 2), Captions: []string{strings.Repeat("long ", 20), fmt.Sprintf("caption %d .", i)}})
	}
	got := chooseExamples(items)
	if len(got) != 6 || len(got[0]) > 40 || strings.HasSuffix(got[0], ".") {
		t.Fatalf("examples %q", got)
	}
	seen := map[string]bool{}
	for _, s := range got {
		if seen[s] {
			t.Errorf("%q twice in %q", s, got)
		}
		seen[s] = true
	}
	if got := chooseExamples([]core.Item{{}}); len(got) != 0 {
		t.Errorf("examples of nothing: %q", got)
	}
}
