package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ace/assets"
)

// TestDisk writes to a small file system of its own that is full or read-only:
// the error says so, the old result is still there, and nothing else is.
func TestDisk(t *testing.T) {
	dir := t.TempDir()
	disk := filepath.Join(dir, "disk")
	if err := os.Mkdir(disk, 0o777); err != nil {
		t.Fatal(err)
	}
	// A name space of one's own, so that the mounts end with the script.
	script := func(text string) ([]byte, error) {
		cmd := exec.Command("unshare", "--mount", "--map-root-user", "sh", "-euc", text)
		cmd.Dir = dir
		return cmd.CombinedOutput()
	}
	const mount = "mount -t tmpfs -o size=256k tmpfs disk\n"
	if b, err := script(mount); err != nil {
		t.Skipf("no small file system can be mounted here: %v %s", err, b)
	}
	smallCollection(t, filepath.Join(dir, "col"), moreThings)
	runAce(t, dir, []string{"extract", "col", "-o", "a.features"})
	runAce(t, dir, []string{"identify", "a.features", "-o", "a.ids", "--size", "tiny"})
	type call struct{ text, want string }
	calls := map[string]call{
		"a full disk for a file": {mount + `
			echo old >disk/a.ids
			ace identify a.features -o disk/a.ids --size tiny && exit 9
			test "$(cat disk/a.ids)" = old`, "cannot write disk/a.ids: no space left on device\nace: hint: make room there"},
		"a full disk for a checkpoint": {mount + `
			ace train a.ids -o disk/a.weights --size tiny --epochs 1 && exit 9
			test ! -e disk/a.weights`, ": no space left on device\nace: hint: make room there"},
		"a read-only disk": {mount + `
			echo old >disk/a.ids
			mount -o remount,ro disk
			ace identify a.features -o disk/a.ids --size tiny && exit 9
			test "$(cat disk/a.ids)" = old`, "cannot write disk/a.ids: read-only file system\nace: hint: nothing can be written there"},
		"a read-only disk for a report": {mount + `
			mount -o remount,ro disk
			ace train a.ids -o b.weights --size tiny --epochs 1 --report disk/report && exit 9
			test ! -e b.weights`, "cannot write disk/report: read-only file system"},
	}
	if _, err := assets.Page(); err == nil {
		runAce(t, dir, []string{"train", "a.ids", "-o", "a.weights", "--size", "tiny", "--epochs", "1"})
		calls["a full disk for a site"] = call{mount + `
			mkdir disk/site
			echo old >disk/site/index.html
			ace pack a.weights -o disk/site && exit 9
			test "$(cat disk/site/index.html)" = old`, ": no space left on device\nace: hint: make room there"}
		calls["a full disk for a build"] = call{mount + `
			mkdir disk/site
			echo old >disk/site/index.html
			ace build col -o disk/site --size tiny --epochs 1 && exit 9
			test "$(cat disk/site/index.html)" = old`, ": no space left on device\nace: hint: make room there"}
		calls["a read-only disk for a build"] = call{mount + `
			mount -o remount,ro disk
			ace build col -o disk/site --size tiny --epochs 1 && exit 9
			test ! -e disk/site`, "read-only file system\nace: hint: nothing can be written there"}
		runAce(t, dir, []string{"pack", "a.weights", "-o", "a.site", "--no-media"})
		smallCollection(t, filepath.Join(dir, "more"), []string{"boat", "bridge"})
		for verb, args := range map[string]string{"add": "add a.site/bundle more", "remove": "remove a.site/bundle " + things[0]} {
			calls["a full disk for "+verb] = call{mount + `
				mkdir disk/bundle
				echo old >disk/bundle/manifest.json
				head -c 200k /dev/zero >disk/others
				ace ` + args + ` -o disk/bundle && exit 9
				test "$(cat disk/bundle/manifest.json)" = old`, ": no space left on device\nace: hint: make room there"}
			calls["a read-only disk for "+verb] = call{mount + `
				mkdir disk/bundle
				echo old >disk/bundle/manifest.json
				mount -o remount,ro disk
				ace ` + args + ` -o disk/bundle && exit 9
				test "$(cat disk/bundle/manifest.json)" = old`, "read-only file system\nace: hint: nothing can be written there"}
		}
	}
	for name, c := range calls {
		b, err := script(c.text + "\nls -A disk | grep '^\\.' && exit 8 || true")
		if err != nil || !strings.Contains(string(b), c.want) {
			t.Errorf("%s: %v\n%s\nwant %s", name, err, b, c.want)
		}
	}
	// A folder that nobody may write to; root may, but in such a name space not
	// what belongs to somebody else.
	if os.Getuid() != 0 {
		if err := os.Chmod(disk, 0o555); err != nil {
			t.Fatal(err)
		}
		b, err := exec.Command("ace", "extract", filepath.Join(dir, "col"), "-o", filepath.Join(disk, "a")).CombinedOutput()
		if err == nil || !strings.Contains(string(b), "a: permission denied\nace: hint: may you write there?") {
			t.Errorf("a folder without permission: %v\n%s", err, b)
		}
	}
}
