package main

import (
	"context"
	"encoding/json"
	"fmt"

	"ace/core/bundle"
)

type verifyCmd struct {
	Bundle string `arg:"" help:"SITE/bundle, or a file that ace wrote."`
	Key    string `placeholder:"PUB" help:"Also check the signature, by this public key of minisign: a file, or the key itself."`
	JSON   bool   `help:"Print JSON."`
}

// verdict is what verify prints: what was checked, in this order, and the first
// thing that is wrong, if any.
type verdict struct {
	Bundle string      `json:"bundle"`
	OK     bool        `json:"ok"`
	Kind   bundle.Kind `json:"kind,omitempty"`
	Sum    string      `json:"sha256,omitempty"`
	Checks []check     `json:"checks"`
	Wrong  string      `json:"wrong,omitempty"`
}

// check is a thing that is right, and what it was found to be.
type check struct {
	Name  string `json:"name"`
	Found string `json:"found"`
}

func (v *verdict) add(name, format string, args ...any) {
	v.Checks = append(v.Checks, check{name, fmt.Sprintf(format, args...)})
}

// Run makes all checks of docs/format.md in its order and stops at the first
// that fails.
func (c *verifyCmd) Run(ctx context.Context, t *out) error {
	v := &verdict{Bundle: c.Bundle, Checks: []check{}}
	err := c.verify(ctx, v)
	v.OK = err == nil
	if err != nil {
		v.Wrong = err.Error()
	}
	if c.JSON {
		e := json.NewEncoder(t.stdout)
		e.SetIndent("", "  ")
		if err := e.Encode(v); err != nil {
			return err
		}
		return err
	}
	if err != nil {
		return err
	}
	for _, k := range v.Checks {
		t.print("%-13s %s", k.Name, k.Found)
	}
	t.print("%s: nothing is wrong with it", c.Bundle)
	return nil
}

func (c *verifyCmd) verify(ctx context.Context, v *verdict) error {
	in, err := openContainer(ctx, c.Bundle)
	if err != nil {
		return err
	}
	v.Kind, v.Sum = in.Kind(), in.Sum()
	v.add("container", "%s, layout %d, feature %d, sha256 %s", v.Kind, bundle.LayoutVersion, in.Feature(), v.Sum)
	if err := checkSignature(v, c.Bundle, c.Key); err != nil {
		return err
	}
	if err := verifyContent(ctx, in, v); err != nil {
		return hint(fmt.Errorf("%s: %w", c.Bundle, err), "it is damaged or was altered: copy it again from where it was made, or make it again")
	}
	return nil
}

// verifyContent checks all that an open container holds.
func verifyContent(ctx context.Context, in *bundle.Container, v *verdict) error {
	if err := verifySections(ctx, in, v); err != nil {
		return err
	}
	if err := verifyFloats(ctx, in, v); err != nil {
		return err
	}
	if in.Kind() == bundle.Bundle {
		return verifyBundle(ctx, in, v)
	}
	return verifyStep(ctx, in, v)
}

// verifySections loads each section, which holds it to its size and hashes.
func verifySections(ctx context.Context, in *bundle.Container, v *verdict) error {
	size, stored := 0, 0
	for _, s := range in.Sections() {
		if _, err := in.Section(ctx, s.Name); err != nil {
			return err
		}
		in.Release(s.Name)
		size, stored = size+s.Size, stored+s.StoredSize()
	}
	v.add("sections", "%d, %d bytes, %d as stored, each with the size and the sha256 of the manifest", len(in.Sections()), size, stored)
	return nil
}
