package main

import (
	"os"
	"path/filepath"
	"testing"
)

// The key is the content of the first <meta> of its name, wherever a browser sees
// one; a page that is written with it names it again.
func TestPageKey(t *testing.T) {
	site := t.TempDir()
	for page, want := range map[string]string{
		`<html><head><meta charset="utf-8"><meta name="ace-key" content="RWQ+/="><title>x</title>`:                 "RWQ+/=",
		`<head><META content='RWQ&amp;"' name='ace-key' /><title>x`:                                                `RWQ&"`,
		`<meta name="ace-key" content="one"><meta name="ace-key" content="two">`:                                   "one",
		`<!-- <meta name="ace-key" content="old"> --><script>"<meta name='ace-key' content='js'>"</script><title>`: "",
		`<meta name="description" content="ace-key"><ace-search key="RWQ"></ace-search>`:                           "",
		`<meta name="ace-key`: "",
	} {
		if err := os.WriteFile(filepath.Join(site, siteMark), []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
		if got := pageKey(site); got != want {
			t.Errorf("%s: key %q, want %q", page, got, want)
		}
	}
	if got := pageKey(filepath.Join(site, "none")); got != "" {
		t.Errorf("no page: key %q", got)
	}
	const key = `RWQ"><script>&`
	page, err := withKey([]byte("<head>\n<title>x</title>"), key)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(site, siteMark), page, 0o644); err != nil {
		t.Fatal(err)
	}
	if got := pageKey(site); got != key {
		t.Errorf("%s: key %q, want %q", page, got, key)
	}
	if _, err := withKey([]byte("no head"), key); err == nil {
		t.Error("a page without a title takes a key")
	}
}
