package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"ace/assets"
)

// moreThings are so many that codes are left for items to be added.
var moreThings = append([]string{"wind", "cup", "shoe", "tree", "wall", "fish", "bird", "moon", "star", "ship", "road", "lamp"}, things...)

// trial is a verb that is killed while it works. Args make a result at the place
// %s; old are those of another result that lies there before.
type trial struct {
	name      string
	args, old []string
	page      bool // needs the page in the binary
}

var trials = []trial{
	{"train", []string{"train", "1.ids", "-o", "%s", "--size", "tiny", "--epochs", "3"}, []string{"train", "1.ids", "-o", "%s", "--size", "tiny", "--epochs", "1"}, false},
	{"pack", []string{"pack", "1.weights", "-o", "%s"}, []string{"pack", "1.weights", "-o", "%s", "--no-media"}, true},
	{"add", []string{"add", "1.site/bundle", "more", "-o", "%s"}, []string{"remove", "1.site/bundle", "dog", "-o", "%s"}, true},
	{"build", []string{"build", "col", "-o", "%s", "--size", "tiny", "--epochs", "2"}, []string{"pack", "1.weights", "-o", "%s"}, true},
	{"remove", []string{"remove", "1.site/bundle", "house", "-o", "%s"}, []string{"remove", "1.site/bundle", "dog", "-o", "%s"}, true},
	{"identify", []string{"identify", "1.features", "-o", "%s", "--size", "tiny"}, []string{"identify", "1.features", "-o", "%s", "--size", "tiny", "--seed", "2"}, false},
	{"extract", []string{"extract", "col", "-o", "%s"}, []string{"extract", "col", "-o", "%s", "--seed", "2"}, false},
}

// TestCrash kills each verb at random moments: what lies at its place is then
// the old result or the new one, byte by byte, and the next run ends well and
// leaves nothing else behind. ACE_CRASH says how many kills there are in all.
func TestCrash(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds a collection several times")
	}
	kills := 4
	if s := os.Getenv("ACE_CRASH"); s != "" {
		var err error
		if kills, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	smallCollection(t, filepath.Join(dir, "col"), moreThings)
	smallCollection(t, filepath.Join(dir, "more"), []string{"boat", "bridge"})
	for _, args := range []string{"extract col -o 1.features", "identify 1.features -o 1.ids --size tiny", "train 1.ids -o 1.weights --size tiny --epochs 1"} {
		runAce(t, dir, strings.Fields(args))
	}
	_, err := assets.Page()
	page := err == nil
	if page {
		runAce(t, dir, []string{"pack", "1.weights", "-o", "1.site", "--no-media"})
	}
	rng := rand.New(rand.NewPCG(9, uint64(kills)))
	for i, c := range trials {
		if c.page && !page {
			t.Logf("%s is left out: the page was not built into this binary: make wasm", c.name)
			continue
		}
		times := (kills + len(trials) - 1 - i) / len(trials)
		if times == 0 {
			continue
		}
		runAce(t, dir, at(c.old, "old."+c.name))
		began := time.Now()
		runAce(t, dir, at(c.args, "new."+c.name))
		took := time.Since(began)
		place := "out." + c.name
		older, newer := digests(t, dir, "old."+c.name), digests(t, dir, "new."+c.name)
		if older == newer {
			t.Errorf("%s: the old result is the new one", c.name)
		}
		half := 0
		for range times {
			runAce(t, dir, at(c.old, place))
			cmd := exec.Command("ace", at(c.args, place)...)
			cmd.Dir = dir
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(rng.Int64N(int64(took) * 11 / 10)))
			_ = cmd.Process.Kill() // SIGKILL; it may have ended
			if cmd.Wait() != nil {
				half++
			}
			if got := digests(t, dir, place); got != older && got != newer {
				t.Fatalf("%s was killed and left neither the old nor the new result:\n%s", c.name, got)
			}
		}
		runAce(t, dir, at(c.args, place))
		if digests(t, dir, place) != newer {
			t.Errorf("%s after kills gives another result than without", c.name)
		}
		for _, name := range strings.Fields(names(t, dir)) {
			if strings.HasPrefix(name, ".") && !strings.HasSuffix(name, ".built") {
				t.Errorf("%s left behind: %s", c.name, name)
			}
		}
		t.Logf("%s: %d of %s killed before it ended", c.name, half, took.Round(time.Millisecond))
	}
}

// at puts a place into the arguments of a trial.
func at(args []string, place string) []string {
	out := append([]string(nil), args...)
	for i, a := range out {
		if a == "%s" {
			out[i] = place
		}
	}
	return out
}

func runAce(t *testing.T, dir string, args []string) {
	t.Helper()
	cmd := exec.Command("ace", args...)
	cmd.Dir = dir
	if b, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("ace %s: %v\n%s", strings.Join(args, " "), err, b)
	}
}

// digests names the content of a file or folder.
func digests(t *testing.T, dir, place string) string {
	t.Helper()
	var s strings.Builder
	root := filepath.Join(dir, place)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		rel, _ := filepath.Rel(root, path)
		fmt.Fprintf(&s, "%x %s\n", sha256.Sum256(b), rel)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s.String()
}

// smallCollection writes pictures of things, with words.
func smallCollection(t *testing.T, dir string, things []string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	var lines strings.Builder
	for i, thing := range things {
		name := thing + ".png"
		if err := os.WriteFile(filepath.Join(dir, name), drawPNG(i), 0o666); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&lines, `{"id":%q,"file":%q,"title":%q,"captions":["a picture of a %s"]}`+"\n", thing, name, thing, thing)
	}
	if err := os.WriteFile(filepath.Join(dir, "items.jsonl"), []byte(lines.String()), 0o666); err != nil {
		t.Fatal(err)
	}
}
