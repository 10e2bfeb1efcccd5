package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// What is printed: results go to stdout and nothing else does. Progress and
// errors go to stderr: on a terminal a bar, elsewhere lines of key:value pairs,
// at most one in two seconds. An error is lower case, without a full stop, and
// if there is a next step it follows as a hint.

// out is where a verb prints.
type out struct {
	stdout, stderr io.Writer
	tty            bool
	bar            *progressbar.ProgressBar
	stage          string
	began, told    time.Time
}

func newTerm(stdout, stderr *os.File) *out {
	return &out{stdout: stdout, stderr: stderr, tty: term.IsTerminal(int(stderr.Fd()))}
}

// progress tells how far a stage is. more are further key, value pairs; one of
// the key left is the time left, which is otherwise estimated.
func (t *out) progress(stage string, done, total int, more ...string) {
	if stage != t.stage {
		t.close()
		t.stage, t.began = stage, time.Now()
	}
	every := 2 * time.Second
	if t.tty {
		every = 100 * time.Millisecond
	}
	if done < total && time.Since(t.told) < every {
		return
	}
	t.told = time.Now()
	if done > 0 && done < total && !slices.Contains(more, "left") {
		left := time.Duration(float64(time.Since(t.began)) / float64(done) * float64(total-done))
		more = append(more, "left", left.Round(time.Second).String())
	}
	if t.tty {
		t.draw(stage, done, max(total, 1), more)
		return
	}
	line := fmt.Sprintf("stage:%s done:%d/%d", stage, done, total)
	for i := 0; i+1 < len(more); i += 2 {
		line += " " + more[i] + ":" + more[i+1]
	}
	fmt.Fprintln(t.stderr, line)
}

// draw shows the stage as a bar.
func (t *out) draw(stage string, done, total int, more []string) {
	words := []string{stage}
	for i := 0; i+1 < len(more); i += 2 {
		words = append(words, more[i]+" "+more[i+1])
	}
	if t.bar == nil {
		t.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(t.stderr), progressbar.OptionSetPredictTime(false),
			progressbar.OptionSetElapsedTime(false), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionSetRenderBlankState(false))
	}
	if t.bar.GetMax() != total {
		t.bar.ChangeMax(total)
	}
	_ = t.bar.Set(min(done, total))
	t.bar.Describe(strings.Join(words, "  "))
}

// close ends the bar, if there is one.
func (t *out) close() {
	if t.bar != nil {
		_ = t.bar.Finish()
		t.bar = nil
	}
	t.stage = ""
}

// say prints a line about the work, not a result.
func (t *out) say(format string, args ...any) {
	t.close()
	fmt.Fprintf(t.stderr, format+"\n", args...)
}

// print prints a result.
func (t *out) print(format string, args ...any) { fmt.Fprintf(t.stdout, format+"\n", args...) }

// fail prints an error and its hint and returns the exit code.
func (t *out) fail(err error, code int) int {
	t.close()
	fmt.Fprintf(t.stderr, "ace: error: %v\n", err)
	var h *hinted
	if errors.As(err, &h) {
		fmt.Fprintf(t.stderr, "ace: hint: %s\n", h.hint)
	}
	return code
}

// hinted is an error with a next step.
type hinted struct {
	error
	hint string
}

func (h *hinted) Unwrap() error { return h.error }

func hint(err error, next string) error {
	if err == nil {
		return nil
	}
	return &hinted{err, next}
}

// usageError is a call that cannot be meant.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

func usage(format, next string, args ...any) error {
	return usageError{hint(fmt.Errorf(format, args...), next)}
}
