package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"ace/core/bundle"

	"aead.dev/minisign"
	"golang.org/x/term"
)

// A bundle is signed by a signature of its manifest, which holds the hashes of
// all sections, in a file of minisign's beside it: `minisign -Vm manifest.json`
// checks it as well. The comment that is signed along names the manifest's sum,
// and no time, so that the same bundle and key give the same file.
const signatureFile = bundle.ManifestFile + ".minisig"

// signer is the secret key of --sign, nil where there is none to sign with.
func (f *siteFlags) signer(t *out) (*minisign.PrivateKey, error) {
	if f.Sign == "" {
		return nil, nil
	}
	text, err := os.ReadFile(f.Sign)
	if err != nil {
		return nil, hint(err, "`minisign -G` makes a pair of keys")
	}
	var key minisign.PrivateKey
	if minisign.IsEncrypted(text) {
		password, err := readPassword(t, f.Sign)
		if err != nil {
			return nil, err
		}
		if key, err = minisign.DecryptKey(password, text); err != nil {
			return nil, hint(fmt.Errorf("%s: cannot be decrypted", f.Sign), "is that its password?")
		}
		return &key, nil
	}
	if err := key.UnmarshalText(text); err != nil {
		return nil, hint(fmt.Errorf("%s is no secret key of minisign", f.Sign), "`minisign -G` makes a pair of keys")
	}
	return &key, nil
}

// readPassword asks on a terminal, and elsewhere reads a line of standard input.
func readPassword(t *out, file string) (string, error) {
	if stdin := int(os.Stdin.Fd()); term.IsTerminal(stdin) {
		fmt.Fprintf(t.stderr, "password of %s: ", file)
		p, err := term.ReadPassword(stdin)
		fmt.Fprintln(t.stderr)
		return string(p), err
	}
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

// sign adds the signature of the bundle that lies under a name in a folder in the
// making.
func (f *folder) sign(name string, key *minisign.PrivateKey) error {
	text, err := os.ReadFile(filepath.Join(f.temp, name, bundle.ManifestFile))
	if err != nil {
		return err
	}
	return f.add(name+"/"+signatureFile, signature(key, text))
}

// signature signs a manifest: by ed25519 of its BLAKE2b, as minisign does.
func signature(key *minisign.PrivateKey, manifest []byte) []byte {
	r := minisign.NewReader(bytes.NewReader(manifest))
	_, _ = io.Copy(io.Discard, r)
	return r.SignWithComments(*key, fmt.Sprintf("ace bundle %s", sumOf(manifest)), fmt.Sprintf("signature of %s by key %016X", bundle.ManifestFile, key.ID()))
}

// sumOf is the sum in the seal of a manifest, its last 64 digits.
func sumOf(manifest []byte) string {
	text := strings.TrimSuffix(string(manifest), `"}`)
	return text[max(0, len(text)-64):]
}

// checkSignature holds the bundle at a path, already open with the sum in v, to
// its signature.
func checkSignature(v *verdict, path, key string) error {
	signed, err := readSignature(filepath.Join(path, signatureFile))
	if key == "" {
		if err == nil {
			v.add("signature", "not checked: no --key was given")
		}
		return nil
	}
	public, name, kerr := publicKey(key)
	if kerr != nil {
		return kerr
	}
	if err != nil {
		return hint(fmt.Errorf("%s has no signature %s: %w", path, signatureFile, cause(err)), "`ace pack --sign` makes one")
	}
	text, err := os.ReadFile(filepath.Join(path, bundle.ManifestFile))
	if err != nil {
		return err
	}
	var s minisign.Signature
	if err := s.UnmarshalText(signed); err != nil {
		return fmt.Errorf("%s: %s: %w", path, signatureFile, err)
	}
	if s.KeyID != public.ID() {
		return fmt.Errorf("%s: signed by key %016X, not by %s", path, s.KeyID, name)
	}
	if !minisign.Verify(public, text, signed) || sumOf(text) != v.Sum {
		return hint(fmt.Errorf("%s: the signature does not fit the manifest", path), "somebody other than the key's owner has altered one of them")
	}
	v.add("signature", "by key %016X: %s", s.KeyID, s.TrustedComment)
	return nil
}

// readSignature reads a signature file, of which four lines are all.
func readSignature(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	const most = 4 << 10
	b, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && len(b) > most {
		err = fmt.Errorf("more than %d bytes", most)
	}
	return b, err
}

// publicKey reads a public key from a file or from its text.
func publicKey(key string) (minisign.PublicKey, string, error) {
	var p minisign.PublicKey
	text, err := os.ReadFile(key)
	if err != nil {
		text = []byte(key)
	}
	if p.UnmarshalText(text) != nil {
		if err != nil {
			return p, "", hint(fmt.Errorf("--key %s is neither a file nor a public key of minisign", key), "`minisign -G` makes a pair of keys")
		}
		return p, "", fmt.Errorf("--key %s is no public key of minisign", key)
	}
	return p, fmt.Sprintf("%016X", p.ID()), nil
}
