package main

import (
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"path"
)

// integrity makes integrity.json: of every script and of the binary the hash that
// a page may name beside it, so that a browser runs these bytes or none
// (Subresource Integrity).
func integrity(files map[string][]byte) ([]byte, error) {
	hashes := map[string]string{}
	for name, data := range files {
		if ext := path.Ext(name); ext == ".js" || ext == ".wasm" {
			sum := sha512.Sum384(data)
			hashes[name] = "sha384-" + base64.StdEncoding.EncodeToString(sum[:])
		}
	}
	text, err := json.MarshalIndent(hashes, "", " ")
	return append(text, '\n'), err
}
