package encoder

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/sbinet/npyio/npy"

	"ace/core"
	"ace/train/media"
	"ace/train/onnx/onnxtest"
)

// shared is a folder of real encoders, the vectors that their makers' own code
// made of real collections, and these. Where it is absent, so are these tests.
var shared = filepath.Join("..", "..", "..", "shared")

// entry is a line of such a collection.
type entry struct {
	File     string   `json:"file"`
	Captions []string `json:"captions"`
	Labels   []string `json:"labels"`
	Fold     int      `json:"fold"`
}

// published reads a collection and its vectors [N, dims].
func published(t *testing.T, collection, features string) (entries []entry, vectors []float32, dims int) {
	t.Helper()
	file, err := os.Open(filepath.Join(shared, "features", features))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("left out: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r, err := npy.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Read(&vectors); err != nil {
		t.Fatal(err)
	}
	list, err := os.Open(filepath.Join(shared, "data", collection, "items.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	for s := bufio.NewScanner(list); s.Scan(); {
		var e entry
		if err := json.Unmarshal(s.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		e.File = filepath.Join(shared, "data", collection, e.File)
		entries = append(entries, e)
	}
	if len(entries) != r.Header.Descr.Shape[0] {
		t.Fatalf("%d items, vectors of shape %v", len(entries), r.Header.Descr.Shape)
	}
	return entries, vectors, r.Header.Descr.Shape[1]
}

func cosine(a, b, centre []float32) float64 {
	var ab, aa, bb float64
	for i := range a {
		x, y := float64(a[i]-centre[i]), float64(b[i]-centre[i])
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	return ab / math.Sqrt(aa*bb)
}

func decode(t testing.TB, path string, kind core.Kind) *media.Sample {
	t.Helper()
	s, err := media.Decode(path, kind)
	if err != nil {
		t.Fatal(err)
	}
	return &s
}

// MobileNetV2 sees photographs as it did when its vectors were published, but for the
// resampler: the middle and the whole, without any flag.
func TestPublishedPictures(t *testing.T) {
	t.Parallel()
	entries, vectors, dims := published(t, "flickr8k_dev", "flickr8k_dev_mobilenetv2.npy")
	p, err := OpenPicture(onnxtest.Library(t), filepath.Join(shared, "encoders", "mobilenetv2.onnx"), PictureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if p.Dims() != dims {
		t.Fatalf("vectors of %d values, published are %d", p.Dims(), dims)
	}
	mean, zero := make([]float32, dims), make([]float32, dims)
	for i, v := range vectors {
		mean[i%dims] += v / float32(len(entries))
	}
	const step = 197 // every so many are looked at
	var plain, centred float64
	n, least := 0, 1.0
	for i := 0; i < len(entries); i += step {
		got, err := p.Encode(decode(t, entries[i].File, core.Image))
		if err != nil {
			t.Fatal(err)
		}
		want := vectors[i*dims:][:dims]
		plain += cosine(got, want, zero)
		c := cosine(got, want, mean)
		centred, least, n = centred+c, min(least, c), n+1
	}
	plain, centred = plain/float64(n), centred/float64(n)
	t.Logf("%d photographs: cosine %.5f, about the mean %.5f, the least %.4f", n, plain, centred, least)
	if plain < 0.99 || centred < 0.98 {
		t.Errorf("cosine with the published vectors %.4f, about their mean %.4f, want 0.99 and 0.98", plain, centred)
	}
}

// The sort of a sound is that of its nearest neighbour from another fold, by
// YAMNet's vectors, for at least 92 %; and these are those that were published.
func TestPublishedSounds(t *testing.T) {
	t.Parallel()
	entries, vectors, dims := published(t, "audio_esc10_dev", "audio_esc10_dev_yamnet.npy")
	s, err := OpenSound(onnxtest.Library(t), filepath.Join(shared, "encoders", "yamnet.onnx"), SoundOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.Dims() != dims {
		t.Fatalf("vectors of %d values, published are %d", s.Dims(), dims)
	}
	made, mean, zero := make([][]float32, len(entries)), make([]float32, dims), make([]float32, dims)
	var same float64
	for i, e := range entries {
		if made[i], err = s.Encode(decode(t, e.File, core.Audio)); err != nil {
			t.Fatal(err)
		}
		for j, v := range made[i] {
			mean[j] += v / float32(len(entries))
		}
		same += cosine(made[i], vectors[i*dims:][:dims], zero) / float64(len(entries))
	}
	right := 0
	for i, e := range entries {
		best, at := math.Inf(-1), 0
		for j, o := range entries {
			if c := cosine(made[i], made[j], mean); o.Fold != e.Fold && c > best {
				best, at = c, j
			}
		}
		if entries[at].Labels[0] == e.Labels[0] {
			right++
		}
	}
	percent := 100 * float64(right) / float64(len(entries))
	t.Logf("%d sounds: %.1f %% have a neighbour of their sort, cosine with the published vectors %.5f", len(entries), percent, same)
	if percent < 92 || same < 0.99 {
		t.Errorf("%.1f %% have a neighbour of their sort, want 92; cosine %.4f, want 0.99", percent, same)
	}
}
