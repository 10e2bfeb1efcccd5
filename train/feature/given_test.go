package feature

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sbinet/npyio/npy"
	"gonum.org/v1/gonum/mat"

	"ace/train/media"
	"ace/train/rows"
)

// npyFile is a .npy file with the given heading and as many zero bytes behind it.
func npyFile(t testing.TB, heading string, bytes int) string {
	heading += strings.Repeat(" ", 117-len(heading)) + "\n"
	b := append([]byte("\x93NUMPY\x01\x00"), byte(len(heading)), 0)
	b = append(append(b, heading...), make([]byte, bytes)...)
	p := filepath.Join(t.TempDir(), "f.npy")
	if err := os.WriteFile(p, b, 0o644); err != nil {
		t.Fatal(err)
	}
	return p
}

func writeNPY(t testing.TB, v any) string {
	p := filepath.Join(t.TempDir(), "f.npy")
	f, err := os.Create(p)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := npy.Write(f, v); err != nil {
		t.Fatal(err)
	}
	return p
}

// values are all of a table.
func values(t testing.TB, x *rows.Table) []float32 {
	t.Helper()
	if x == nil {
		return nil
	}
	all := make([]float32, x.N*x.D)
	if x.Read(0, all); x.Err() != nil {
		t.Fatal(x.Err())
	}
	return all
}

func TestReadGiven(t *testing.T) {
	g, err := ReadGiven(writeNPY(t, mat.NewDense(2, 3, []float64{1, 2, 3, 4, 5, 6.5})))
	if err != nil {
		t.Fatal(err)
	}
	if want := []float32{1, 2, 3, 4, 5, 6.5}; g.N != 2 || g.D != 3 || !slices.Equal(values(t, g), want) {
		t.Errorf("got %+v, want %v", g, want)
	}
	g.Close()
	heading := func(descr, order, shape string) string {
		return fmt.Sprintf("{'descr': '%s', 'fortran_order': %s, 'shape': %s, }", descr, order, shape)
	}
	if g, err = ReadGiven(npyFile(t, heading("<f4", "False", "(5, 2)"), 40)); err != nil || g.N != 5 || g.D != 2 || len(values(t, g)) != 10 {
		t.Errorf("float32: %+v, %v", g, err)
	}
	for _, c := range []struct {
		path, want string
	}{
		{npyFile(t, heading("<f4", "False", "(5, 2)"), 20), "too short"},
		{npyFile(t, heading("<f4", "False", "(9000000000, 9000000000)"), 20), "too short"},
		{npyFile(t, heading("<f4", "True", "(5, 2)"), 40), "Fortran order"},
		{npyFile(t, heading("<i8", "False", "(5, 2)"), 80), "want float32, found <i8"},
		{npyFile(t, heading("<f4", "False", "(5,)"), 20), "found shape [5]"},
		{npyFile(t, heading("<f4", "False", "(0, 5)"), 20), "found shape [0 5]"},
		{npyFile(t, heading("<f4", "False", "("), 20), "damaged"},
		{writeNPY(t, mat.NewDense(2, 1, []float64{1, math.Inf(1)})), "row 1 holds +Inf"},
		{npyFile(t, "nothing", 0), "invalid"},
		{"given_test.go", "given_test.go"},
		{"absent.npy", "absent.npy: no such file"},
	} {
		if _, err := ReadGiven(c.path); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got error %v, want %q", err, c.want)
		}
	}
}

// TestGiven: rows belong to the source's entries, whatever was skipped.
func TestGiven(t *testing.T) {
	c := testCollection(t)
	c = &media.Collection{Root: c.Root, Items: c.Items[2:], Rows: c.Rows[2:], Total: c.Total} // the first two are missing
	var x []float32
	for r := range c.Total {
		x = append(x, float32(r%2), float32(1-r%2), float32(r), 1)
	}
	o := Defaults()
	o.Given = rows.Of(x, 4)
	f, err := Extract(context.Background(), c, o)
	if err != nil {
		t.Fatal(err)
	}
	if f.N != 28 || len(f.Skipped) != 0 { // files are not opened
		t.Errorf("%d items, skipped %q", f.N, f.Skipped)
	}
	// Without the text, items of one kind whose rows are alike lie together.
	o.TextWeight, o.MediaWeight = 0, 1
	if f, err = Extract(context.Background(), c, o); err != nil {
		t.Fatal(err)
	}
	for i := 1; i+2 < 11; i++ { // pictures; rows that differ by two are of one parity
		if near, far := inner(f.row(i), f.row(i+2)), inner(f.row(i), f.row(i+1)); near <= far {
			t.Errorf("rows %d: %.3f to the same sort, %.3f to the other", f.Rows[i], near, far)
		}
	}
	o.Join = true
	joined, err := Extract(context.Background(), c, o)
	if err != nil {
		t.Fatal(err)
	}
	if joined.N != 27 || joined.Media <= f.Media { // the broken sound is noticed now
		t.Errorf("joined: %d items of %d media dimensions, without %d", joined.N, joined.Media, f.Media)
	}
}
