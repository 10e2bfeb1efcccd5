package gpu

import (
	"context"
	"testing"
	"time"

	"ace/core/compute"
	"ace/shaders"
	"ace/shaders/cpu"
)

// BenchmarkRun is what a recording costs beyond its arithmetic: 120 dispatches
// that depend on each other, one submission, one read-back.
func BenchmarkRun(b *testing.B) {
	began := time.Now()
	d, err := Open(context.Background(), Options{Now: func() float64 { return float64(time.Since(began)) / 1e6 }})
	if err != nil {
		b.Skip(err)
	}
	defer d.Close()
	var rec compute.Recording
	x, y := d.Floats(64), d.Floats(64)
	rec.UploadFloats(x, make([]float32, 64))
	for range 60 {
		p := cpu.Pack(cpu.LogSoftmaxParams{Rows: 1, Width: 64})
		rec.Dispatch(shaders.LogSoftmax, p, x, y)
		rec.Dispatch(shaders.LogSoftmax, p, y, x)
	}
	rec.DownloadFloats(x, make([]float32, 64))
	b.ResetTimer()
	for range b.N {
		if err := d.Run(context.Background(), &rec); err != nil {
			b.Fatal(err)
		}
	}
	s := d.Stats()
	b.ReportMetric(s.Record/float64(s.Runs), "record-ms/op")
	b.ReportMetric(s.Wait/float64(s.Runs), "wait-ms/op")
}
