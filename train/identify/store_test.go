package identify

import (
	"bytes"
	"context"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ace/core"
	"ace/core/bundle"
)

func pack(t *testing.T, q *Identifiers) []byte {
	t.Helper()
	b := bundle.NewBuilder(bundle.Identifiers)
	q.Save(b)
	file, err := b.File()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func unpack(file []byte) (*Identifiers, error) {
	src, err := bundle.FromBytes(file)
	if err != nil {
		return nil, err
	}
	c, err := bundle.Open(context.Background(), src)
	if err != nil {
		return nil, err
	}
	return Load(context.Background(), c)
}

func TestLoadGivesWhatWasSaved(t *testing.T) {
	const n, d = 300, 10
	x := cloud(13, n, d, 12)
	copy(x[50*d:60*d], x) // some copies, for a counter
	for _, m := range methods {
		cfg := quick(n, d)
		cfg.Method, cfg.Repair = m, 0
		q := train(t, x, n, d, cfg)
		file := pack(t, q)
		got, err := unpack(file)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, q) {
			t.Errorf("%s: loaded\n%+v\nsaved\n%+v", m, got, q)
		}
		if again := pack(t, got); !bytes.Equal(file, again) {
			t.Errorf("%s: saved again, other bytes", m)
		}
		if a, b := q.Reconstruct(q.IDs), got.Reconstruct(got.IDs); !slices.Equal(a, b) {
			t.Errorf("%s: other reconstructions", m)
		}
		if m == Random {
			continue
		}
		a, _ := q.Assign(x, n)
		b, err := got.Assign(x, n)
		if err != nil || !reflect.DeepEqual(a, b) {
			t.Errorf("%s: other assignments, %v", m, err)
		}
	}
}

func TestLoadRefusesWhatDoesNotFit(t *testing.T) {
	q0, _ := handmade()
	for _, c := range []struct {
		name  string
		spoil func(q *Identifiers)
		want  string
	}{
		{"token", func(q *Identifiers) { q.IDs[2][1] = 3 }, "item 2 has token 3 at level 1, which has 3 codes"},
		{"latent", func(q *Identifiers) { q.Latent, q.Codebooks = 1, [][]float32{{0, 1, 2}} }, "no encoder"},
		{"levels", func(q *Identifiers) { q.Counter = true; q.Sizes = q.Sizes[:2]; q.IDs = prefixes(q.IDs, 2) }, "do not make identifiers"},
		{"config", func(q *Identifiers) { q.Config.Coarse = 0 }, "coarse codes is 0"},
	} {
		q := *q0
		q.Config = Default(4, 2)
		q.IDs = nil
		for _, id := range q0.IDs {
			q.IDs = append(q.IDs, slices.Clone(id))
		}
		if _, err := unpack(pack(t, &q)); err != nil {
			t.Fatalf("whole: %v", err)
		}
		c.spoil(&q)
		got, err := unpack(pack(t, &q))
		if err == nil || got != nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want an error with %q", c.name, err, c.want)
		}
	}
	x := cloud(16, 60, 4, 6)
	cfg := quick(60, 4)
	cfg.Method = HierarchicalKMeans
	q := train(t, x, 60, 4, cfg)
	for _, c := range []struct {
		name  string
		spoil func(q *Identifiers)
		want  string
	}{
		{"path", func(q *Identifiers) {
			q.IDs[3][1] = core.Token(q.Sizes[1] - 1)
			q.IDs[3][2] = core.Token(q.Sizes[2] - 1)
		}, "the identifier of item 3"},
		{"childless", func(q *Identifiers) { q.tree.first[1][1] = 0 }, "children.2 does not cut"},
		{"children", func(q *Identifiers) { q.tree.first[0] = q.tree.first[0][1:] }, "children.1 does not cut"},
		{"nodes", func(q *Identifiers) { q.tree.centres[1] = q.tree.centres[1][4:] }, "the shape of nodes.2"},
		{"infinite", func(q *Identifiers) { q.tree.centres[0][0] = float32(math.Inf(1)) }, "nodes.1 holds a value that is not finite"},
	} {
		file := pack(t, q)
		spoilt, err := unpack(file)
		if err != nil {
			t.Fatalf("whole: %v", err)
		}
		c.spoil(spoilt)
		if got, err := unpack(pack(t, spoilt)); err == nil || got != nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want an error with %q", c.name, err, c.want)
		}
	}
	empty, err := bundle.NewBuilder(bundle.Identifiers).File()
	if err != nil {
		t.Fatal(err)
	}
	if q, err := unpack(empty); err == nil || q != nil {
		t.Errorf("an empty container gives identifiers: %v", err)
	}
}
