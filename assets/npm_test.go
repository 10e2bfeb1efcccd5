package assets

import (
	"encoding/json"
	"os"
	"regexp"
	"testing"
)

// The package for npm is released with the command.
func TestPackageHasTheCommandsVersion(t *testing.T) {
	about, err := os.ReadFile("npm/package.json")
	if err != nil {
		t.Fatal(err)
	}
	var p struct{ Version string }
	if err := json.Unmarshal(about, &p); err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("../cmd/ace/version.go")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`const version = "(.*)"`).FindSubmatch(source)
	if m == nil || p.Version != string(m[1]) {
		t.Errorf("npm/package.json has version %q, the command %q", p.Version, m)
	}
}
