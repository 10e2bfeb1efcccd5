package bundle

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// tenMegabytes is a bundle of the size of a site's: 4M weights as f16 and as
// i8, in tensors of 256 KB, and 64 shards of items, stored raw as random bytes
// would be.
func tenMegabytes(b *testing.B) []byte {
	rng := rand.New(rand.NewPCG(5, 6))
	x := make([]float32, 1<<17)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	w := NewBuilder(Bundle)
	for i := range 28 {
		w.AddTensor("model", fmt.Sprintf("f16.%d", i), F16, []int{256, 512}, x)
		w.AddTensor("model.i8", fmt.Sprintf("i8.%d", i), I8, []int{256, 512}, x)
	}
	for i := range 64 {
		w.AddBlob(fmt.Sprintf("items.%04d", i), appendLittle(nil, x[i*100:][:2500]), false)
	}
	return mustFile(b, w)
}

// BenchmarkOpen parses and checks the manifest, as a visitor's first step.
func BenchmarkOpen(b *testing.B) {
	file := tenMegabytes(b)
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		src, err := FromBytes(file)
		if err != nil {
			b.Fatal(err)
		}
		mustOpen(b, src)
	}
}

// BenchmarkReadAll opens it, hashes every section and finds every tensor.
func BenchmarkReadAll(b *testing.B) {
	file := tenMegabytes(b)
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		if err := readFile(file); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFloat32s makes float32 of what is kept; bytes are those stored.
func BenchmarkFloat32s(b *testing.B) {
	src, err := FromBytes(tenMegabytes(b))
	if err != nil {
		b.Fatal(err)
	}
	c := mustOpen(b, src)
	for _, name := range []string{"f16.0", "i8.0"} {
		b.Run(name, func(b *testing.B) {
			info, _ := c.Tensor(name)
			b.SetBytes(int64(info.Elements() * info.DType.Size()))
			for b.Loop() {
				if _, _, err := c.Float32s(ctx, name); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkOpenShards parses the manifest of a bundle of n item shards; 2,000
// shards of 512 are a million items.
func BenchmarkOpenShards(b *testing.B) {
	for _, n := range []int{100, 2000, 20000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := NewBuilder(Bundle)
			for i := range n {
				w.AddBlob(fmt.Sprintf("items.%04d", i), make([]byte, 100), true)
			}
			files, err := w.Dir()
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(files[ManifestFile])))
			for b.Loop() {
				if _, err := parse(files[ManifestFile]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
