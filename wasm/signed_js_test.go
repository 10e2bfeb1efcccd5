package main

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"strings"
	"syscall/js"
	"testing"

	"aead.dev/minisign"
)

// signedBy asks the page's own check about a signature.
func signedBy(key string, manifest, file []byte) error {
	problem := js.FuncOf(func(_ js.Value, args []js.Value) any {
		e := js.Global().Get("Error").New(args[0])
		e.Set("hint", args[1])
		return e
	})
	defer problem.Release()
	check := js.Global().Get("aceSigned").Invoke(key, problem)
	_, err := await(check.Invoke(toBytes(manifest), toBytes(file)))
	return err
}

// TestSigned: the page takes what minisign takes, of either algorithm and of any
// length, and nothing else.
func TestSigned(t *testing.T) {
	public, secret, err := minisign.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := minisign.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	file, err := public.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	key := public.String()
	for _, size := range []int{0, 1, 127, 128, 129, 1000, 100_000} {
		manifest := bytes.Repeat([]byte("{\"format\":\"ace\"}é"), size/18+1)[:size]
		for _, sign := range []func(minisign.PrivateKey, []byte) []byte{minisign.Sign, hashed} {
			sig := sign(secret, manifest)
			if !minisign.Verify(public, manifest, sig) {
				t.Fatal("minisign's own check says otherwise")
			}
			for _, k := range []string{key, string(file), " " + key + "\n"} {
				if err := signedBy(k, manifest, sig); err != nil {
					t.Fatalf("%d bytes, %s: %v", size, sig[:40], err)
				}
			}
			if size == 100_000 {
				continue
			}
			if err := signedBy(key, append([]byte("{"), manifest...), sig); err == nil || !strings.Contains(err.Error(), "does not fit") {
				t.Errorf("another manifest of %d bytes: %v", size, err)
			}
		}
	}
	manifest := []byte("{}")
	sig := string(hashed(secret, manifest))
	lines := strings.Split(sig, "\n")
	for name, c := range map[string]struct{ key, sig, want string }{
		"another key":        {other.String(), sig, fmt.Sprintf("it is signed by key %016X, not by %016X", public.ID(), other.ID())},
		"no key":             {"RWQ", sig, "the key RWQ is no public key of minisign"},
		"a secret":           {"RWRTY0Iy" + key, sig, "is no public key of minisign"},
		"no signature":       {key, "", "it has no signature, manifest.json.minisig"},
		"half a signature":   {key, strings.Join(lines[:2], "\n"), "none of minisign"},
		"a signature and":    {key, sig + "\nmore", "none of minisign"},
		"another comment":    {key, strings.Replace(sig, "ace", "eve", 1), "does not fit"},
		"another algorithm":  {key, strings.Replace(sig, "RU", "RX", 1), "none of minisign"},
		"a shorter line":     {key, strings.Replace(sig, lines[1], lines[1][:80], 1), "none of minisign"},
		"letters of another": {key, strings.Replace(sig, lines[3], "!"+lines[3][1:], 1), "none of minisign"},
		"markup":             {key, "<!doctype html>\n<p>not found\n\n", "none of minisign"},
	} {
		if err := signedBy(c.key, manifest, []byte(c.sig)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	// Every byte of what is signed or signs counts.
	for i := range len(sig) {
		altered := []byte(sig)
		altered[i] ^= 4
		if want := minisign.Verify(public, manifest, altered); (signedBy(key, manifest, altered) == nil) && !want {
			t.Errorf("byte %d, %q instead of %q, is taken", i, altered[i], sig[i])
		}
	}
}

func hashed(key minisign.PrivateKey, text []byte) []byte {
	r := minisign.NewReader(bytes.NewReader(text))
	if _, err := r.Read(make([]byte, len(text)+1)); err != nil && len(text) > 0 {
		panic(err)
	}
	return r.SignWithComments(key, "ace bundle", "")
}

// TestNoSignatureCheck: where a signature cannot be checked, that is the error.
func TestNoSignatureCheck(t *testing.T) {
	public, secret, err := minisign.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sig := minisign.Sign(secret, nil)
	subtle := js.Global().Get("crypto").Get("subtle")
	proto := js.Global().Get("Object").Call("getPrototypeOf", subtle)
	before := proto.Get("importKey")
	defer proto.Set("importKey", before)
	refuse := js.FuncOf(func(js.Value, []js.Value) any {
		return js.Global().Get("Promise").Call("reject", js.Global().Get("DOMException").New("unrecognised", "NotSupportedError"))
	})
	defer refuse.Release()
	proto.Set("importKey", refuse)
	if err := signedBy(public.String(), nil, sig); err == nil || !strings.Contains(err.Error(), "no Ed25519") {
		t.Errorf("a browser without Ed25519: %v", err)
	}
	insecure(t)
	if err := signedBy(public.String(), nil, sig); err == nil || !strings.Contains(err.Error(), "not loaded by https") {
		t.Errorf("an insecure page: %v", err)
	}
}
