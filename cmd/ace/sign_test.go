package main

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aead.dev/minisign"
	"github.com/rogpeppe/go-internal/testscript"
)

// keysCmd writes NAME.public and NAME.secret.
func keysCmd(ts *testscript.TestScript, neg bool, args []string) {
	public, secret, err := minisign.GenerateKey(rand.Reader)
	ts.Check(err)
	text, err := public.MarshalText()
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+".public"), text, 0o600))
	text, err = secret.MarshalText()
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]+".secret"), text, 0o600))
}

// TestSignature: the file is one that minisign itself checks, by the line that
// its manual gives, prehashed; and a key in text is as good as one in a file.
func TestSignature(t *testing.T) {
	public, secret, err := minisign.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	text := []byte(`{"format":"ace","layout":1}`)
	file := signature(&secret, text)
	if !minisign.Verify(public, text, file) || minisign.Verify(public, append(text, ' '), file) {
		t.Error("minisign's own check says otherwise")
	}
	var s minisign.Signature
	if err := s.UnmarshalText(file); err != nil || s.Algorithm != minisign.HashEdDSA {
		t.Errorf("%v, algorithm %x", err, s.Algorithm)
	}
	if got, _, err := publicKey(public.String()); err != nil || !got.Equal(public) {
		t.Errorf("%v of %s", err, public)
	}
	if _, _, err := publicKey("RWQ"); err == nil {
		t.Error("a key of three letters")
	}
}

// TestPassword: a key with a password is asked for it. It takes seconds and a
// gigabyte, as minisign means it to.
func TestPassword(t *testing.T) {
	if os.Getenv("ACE_CRASH") == "" {
		t.Skip("slow on purpose: make crash")
	}
	_, secret, err := minisign.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	text, err := minisign.EncryptKey("open sesame", secret)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	path, stdin := filepath.Join(dir, "key"), filepath.Join(dir, "stdin")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	before := os.Stdin
	defer func() { os.Stdin = before }()
	for password, right := range map[string]bool{"open sesame\n": true, "open barley": false} {
		if err := os.WriteFile(stdin, []byte(password), 0o600); err != nil {
			t.Fatal(err)
		}
		if os.Stdin, err = os.Open(stdin); err != nil {
			t.Fatal(err)
		}
		key, err := (&siteFlags{Sign: path}).signer(newTerm(os.Stdout, os.Stderr))
		os.Stdin.Close()
		if right && (err != nil || !key.Equal(secret)) || !right && (err == nil || !strings.Contains(err.Error(), "cannot be decrypted")) {
			t.Errorf("%q: %v", password, err)
		}
	}
}
