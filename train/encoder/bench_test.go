package encoder

import (
	"path/filepath"
	"testing"
	"time"

	"ace/core"
	"ace/train/media"
	"ace/train/onnx"
	"ace/train/onnx/onnxtest"
)

// Photographs through MobileNetV2: reading files, the network alone on what it is
// given, and all of it; share is that of the two in all, in percent, and batch the
// time of the network on eight pictures at once against eight times one.
func BenchmarkPicture(b *testing.B) {
	files, _ := filepath.Glob(filepath.Join(shared, "data", "flickr8k_dev", "media", "*.jpg"))
	model := filepath.Join(shared, "encoders", "mobilenetv2.onnx")
	if len(files) == 0 {
		b.Skip("left out: the encoders and photographs are not there")
	}
	p, err := OpenPicture(onnxtest.Library(b), model, PictureOptions{})
	if err != nil {
		b.Fatal(err)
	}
	defer p.Close()
	least := [4]time.Duration{1 << 62, 1 << 62, 1 << 62, 1 << 62}
	measure := func(which int, f func()) {
		began := time.Now()
		f()
		least[which] = min(least[which], time.Since(began))
	}
	run := func(t onnx.Tensor) {
		if _, err := p.run(t); err != nil {
			b.Fatal(err)
		}
	}
	const some = 8
	for at := 0; b.Loop(); at = (at + some) % (len(files) - some) {
		var samples []*media.Sample
		measure(0, func() {
			for _, f := range files[at : at+some] {
				samples = append(samples, decode(b, f, core.Image))
			}
		})
		var singles []onnx.Tensor
		var batch onnx.Tensor
		for _, v := range p.prepare.Views {
			batch = onnx.Tensor{Shape: p.shape(some, v)}
			for _, s := range samples {
				t := onnx.Tensor{Shape: p.shape(1, v), Values: p.prepare.tensor(nil, s.Frames[0], v, p.last)}
				singles, batch.Values = append(singles, t), append(batch.Values, t.Values...)
			}
		}
		measure(1, func() {
			for _, t := range singles {
				run(t)
			}
		})
		measure(2, func() {
			for _, f := range files[at : at+some] {
				s, err := media.DecodePreview(f, core.Image)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := p.Encode(&s); err != nil {
					b.Fatal(err)
				}
			}
		})
		measure(3, func() { run(batch) }) // of the last view, half of singles or a little more
	}
	b.ReportMetric(some/least[2].Seconds(), "pictures/s")
	b.ReportMetric(some/least[0].Seconds(), "decoded/s")
	b.ReportMetric(some/least[1].Seconds(), "encoded/s")
	b.ReportMetric(100*float64(least[0]+least[1])/float64(least[2]), "%-share")
	b.ReportMetric(float64(least[3].Microseconds())/some, "µs/picture-of-a-batch")
	b.ReportMetric(float64(least[1].Microseconds())/some, "µs/picture-alone")
}
