package feature

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"ace/train/media"
	"ace/train/rows"
)

// onDisk puts all tables of vectors into files while a test runs, and counts them.
func onDisk(t *testing.T, o *Options) (made *int) {
	was := inMemory
	inMemory, made = -1, new(int)
	t.Cleanup(func() { inMemory = was })
	o.Scratch = func() (*os.File, error) {
		*made++
		return os.CreateTemp(t.TempDir(), "vectors")
	}
	return made
}

// Vectors in a file, some of whose rows are missing, have the principal components
// that they have in memory, which are those of a plain decomposition.
func TestStreamedPCA(t *testing.T) {
	const d, dims = 37, 12
	for _, n := range []int{0, 1, 2, 20, d, block - 1, block, block + 1, 2*block + 3} {
		var o Options
		onDisk(t, &o)
		rng := newRand(uint64(n))
		all, low := gaussian(2*n+1, 4, rng), gaussian(4, d, rng)
		var dense mat.Dense
		dense.Mul(all, low)
		there, err := o.table(2*n+1, d)
		if err != nil {
			t.Fatal(err)
		}
		defer there.Close()
		var here []float32
		var places []int
		for i := range 2*n + 1 {
			row := make([]float32, d)
			for j := range row {
				row[j] = float32(dense.At(i, j)+0.1*rng.NormFloat64()) + float32(j)
			}
			if i%2 == 1 {
				here, places = append(here, row...), append(places, i)
			}
			if err := there.Write(i, row); err != nil {
				t.Fatal(err)
			}
		}
		plain, file := inRows(here, d), vectors{n: n, d: d, table: there.Pick(places)}
		for _, x := range []*vectors{&plain, &file} {
			i := 0
			x.each(func(row []float32) {
				if !slices.Equal(row, here[i*d:(i+1)*d]) {
					t.Errorf("%d rows: row %d differs", n, i)
				}
				i++
			})
			if i != n {
				t.Errorf("%d rows of %d", i, n)
			}
		}
		if n == 0 {
			continue
		}
		p, q := fitPCA(plain, dims, true, 1, newRand(1)), fitPCA(file, dims, true, 3, newRand(1))
		if !reflect.DeepEqual(p, q) {
			t.Errorf("%d rows: other components where they lie in a file", n)
		}
		if z := p.apply(plain, 1); !slices.Equal(z, q.apply(file, 3)) || len(z) != n*min(n, dims) {
			t.Errorf("%d rows: other projections where they lie in a file", n)
		}
		if n > 2 {
			variances(t, here, n, d, p.variance)
		}
	}
}

// variances holds those of the components of vectors, each value of deviation 1,
// against an SVD.
func variances(t *testing.T, x []float32, n, d int, got []float64) {
	m := doubles(x, n, d)
	for j := range d {
		col := mat.Col(nil, j, m)
		mean, deviation := stat.PopMeanStdDev(col, nil)
		for i, v := range col {
			m.Set(i, j, (v-mean)/deviation)
		}
	}
	var svd mat.SVD
	svd.Factorize(m, mat.SVDNone)
	for j, s := range svd.Values(nil)[:len(got)] {
		if want := s * s / float64(n); math.Abs(got[j]-want) > 1e-3*float64(d) {
			t.Errorf("%d rows: component %d has variance %g, want %g", n, j, got[j], want)
		}
	}
}

// Centred vectors of length 1 are made when they are read.
func TestCentred(t *testing.T) {
	x := vectors{n: 2, d: 2, table: rows.Of([]float32{4, 5, 1, 1}, 2), centre: []float64{1, 1}}
	got := make([]float32, 4)
	if x.read(0, got); !slices.Equal(got, []float32{0.6, 0.8, 0, 0}) {
		t.Errorf("%v", got)
	}
	x = vectors{n: 2, d: 2, table: rows.Of([]float32{1, 2, 3, 4, 5, 6}, 3)}
	if x.read(0, got); !slices.Equal(got, []float32{1, 2, 4, 5}) {
		t.Errorf("the first values of wider rows: %v", got)
	}
}

// Whatever the vectors are made by, they are the same when all tables lie in files.
func TestStreamedExtract(t *testing.T) {
	c := testCollection(t)
	painted := paint(t, 40)
	kept, err := OpenKept(t.TempDir()) // what is decoded once
	if err != nil {
		t.Fatal(err)
	}
	x := make([]float32, 5*c.Total)
	for i := range x {
		x[i] = float32(i * i % 17)
	}
	for name, test := range map[string]struct {
		c *media.Collection
		o func(*Options)
	}{
		"described":       {c, func(*Options) {}},
		"given":           {c, func(o *Options) { o.Given = rows.Of(x, 5) }},
		"given, joined":   {c, func(o *Options) { o.Given, o.Join = rows.Of(x, 5), true }},
		"encoded":         {c, func(o *Options) { o.Encoders = meters() }},
		"encoded, joined": {c, func(o *Options) { o.Encoders, o.Join = meters(), true }},
		"with texts":      {painted, func(o *Options) { o.Encoders = readers(1) }},
	} {
		t.Run(name, func(t *testing.T) {
			extract := func(o Options) *Features {
				t.Helper()
				o.Kept = kept
				test.o(&o)
				f, err := Extract(context.Background(), test.c, o)
				if err != nil {
					t.Fatal(err)
				}
				return f
			}
			here := extract(Defaults())
			o := Defaults()
			made := onDisk(t, &o)
			there := extract(o)
			if name != "given" && *made == 0 {
				t.Fatal("no file was made")
			}
			if !slices.Equal(here.X, there.X) || !slices.Equal(values(t, here.Given), values(t, there.Given)) || !reflect.DeepEqual(here.Projection, there.Projection) {
				t.Error("other vectors")
			}
			further := Options{Scratch: o.Scratch, Kept: kept}
			test.o(&further)
			again, err := there.Projection.Extract(context.Background(), test.c, further)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(values(t, again.Given), values(t, there.Given)) {
				t.Error("further items get other vectors")
			}
			if there.Free(); there.X != nil || there.Given != nil {
				t.Error("something is left")
			}
		})
	}
}

// A scratch file that is not to be had, or fails, ends the run.
func TestScratchErrors(t *testing.T) {
	c := testCollection(t)
	o := Defaults()
	onDisk(t, &o)
	o.Scratch = func() (*os.File, error) { return os.Create(filepath.Join(t.TempDir(), "absent", "file")) }
	if _, err := Extract(context.Background(), c, o); err == nil {
		t.Error("no file is made, and no error")
	}
	o.Scratch = func() (*os.File, error) {
		f, err := os.CreateTemp(t.TempDir(), "vectors")
		if err == nil {
			f.Close()
		}
		return f, err
	}
	if _, err := Extract(context.Background(), c, o); err == nil {
		t.Error("a file that cannot be written, and no error")
	}
	file := filepath.Join(t.TempDir(), "file")
	o.Scratch = func() (*os.File, error) { // grows, and takes nothing
		if err := os.WriteFile(file, nil, 0o666); err != nil {
			return nil, err
		}
		return os.Open(file)
	}
	if _, err := Extract(context.Background(), &media.Collection{Root: c.Root, Items: c.Items[1:2], Rows: []int{0}, Total: 1}, o); err == nil {
		t.Error("a file for reading alone, and no error")
	}
}
