package rows

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func scratch(t *testing.T) *os.File {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "vectors"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// A table in a file gives what one in memory does, of every size, picked or not.
func TestTable(t *testing.T) {
	for _, n := range []int{0, 1, 2, 255, 256, 257, 600} {
		for _, d := range []int{1, 3, 70} {
			here, err := New(n, d, nil)
			if err != nil {
				t.Fatal(err)
			}
			there, err := New(n, d, scratch(t))
			if err != nil {
				t.Fatal(err)
			}
			want := make([]float32, n*d)
			for i := n - 1; i >= 0; i-- {
				if i%5 == 3 { // is never written
					continue
				}
				row := want[i*d : (i+1)*d]
				for j := range row {
					row[j] = float32(math.Sin(float64(i*d + j)))
				}
				for _, x := range []*Table{here, there} {
					if err := x.Write(i, row); err != nil {
						t.Fatal(err)
					}
				}
			}
			var some []int
			var picked []float32
			for i := n - 1; i >= 0; i -= 2 {
				some = append(some, i)
				picked = append(picked, want[i*d:(i+1)*d]...)
			}
			for name, x := range map[string]*Table{"memory": here, "file": there} {
				check(t, name, x, want)
				check(t, name+", picked", x.Pick(some), picked)
				if len(some) > 2 {
					check(t, name+", picked twice", x.Pick(some).Pick([]int{2, 0}), slices.Concat(picked[2*d:3*d], picked[:d]))
				}
			}
			if n > 2 { // what is written to a part is in the whole
				row := slices.Repeat([]float32{7}, d)
				if err := there.Pick(some).Write(0, row); err != nil {
					t.Fatal(err)
				}
				got := make([]float32, d)
				if there.Read(n-1, got); !slices.Equal(got, row) {
					t.Errorf("row %d is %v after it was written as %v", n-1, got, row)
				}
			}
		}
	}
}

func check(t *testing.T, name string, x *Table, want []float32) {
	t.Helper()
	if x.N*x.D != len(want) {
		t.Fatalf("%s: %d rows of %d, want %d values", name, x.N, x.D, len(want))
	}
	got := make([]float32, len(want))
	if x.Read(0, got); !slices.Equal(got, want) {
		t.Errorf("%s: %d rows of %d differ", name, x.N, x.D)
	}
	for i := range x.N {
		row := make([]float32, x.D)
		if x.Read(i, row); !slices.Equal(row, want[i*x.D:(i+1)*x.D]) {
			t.Errorf("%s: row %d of %d differs", name, i, x.N)
		}
	}
	var file, values bytes.Buffer
	if err := binary.Write(&values, binary.LittleEndian, want); err != nil {
		t.Fatal(err)
	}
	if n, err := x.WriteTo(&file); err != nil || int(n) != file.Len() || !bytes.Equal(file.Bytes(), values.Bytes()) {
		t.Errorf("%s: %d rows of %d are %d bytes as a file, error %v", name, x.N, x.D, file.Len(), err)
	}
	if err := x.Err(); err != nil {
		t.Error(err)
	}
}

// Values of either width are read from the middle of a file.
func TestIn(t *testing.T) {
	want := []float32{1, -2, 3.5, 4, 0, 1e9}
	for wide, values := range map[bool]any{false: want, true: []float64{1, -2, 3.5, 4, 0, 1e9}} {
		file := bytes.NewBufferString("heading")
		if err := binary.Write(file, binary.LittleEndian, values); err != nil {
			t.Fatal(err)
		}
		check(t, "a file", In(bytes.NewReader(file.Bytes()), 7, 3, 2, wide), want)
		short := In(bytes.NewReader(file.Bytes()[:file.Len()-1]), 7, 3, 2, wide)
		last := []float32{9, 9}
		if short.Pick([]int{2}).Read(0, last); last[0] != 0 || last[1] != 0 || short.Err() == nil || !strings.Contains(short.Err().Error(), "unexpected EOF") {
			t.Errorf("beyond the end: %v, error %v", last, short.Err())
		}
		if _, err := short.WriteTo(new(bytes.Buffer)); err == nil {
			t.Error("a table that cannot be read is written")
		}
	}
}

// A file that is not there any more is told of.
func TestClosed(t *testing.T) {
	x, err := New(2, 2, scratch(t))
	if err != nil {
		t.Fatal(err)
	}
	x.Close()
	if err := x.Write(0, []float32{1, 2}); err == nil {
		t.Error("a row is written to a closed file")
	}
	if x.Read(0, make([]float32, 2)); x.Err() == nil {
		t.Error("a row is read from a closed file")
	}
	Of([]float32{1}, 1).Close()
}
