package gpu

import (
	"context"
	"fmt"

	"ace/core/compute"
	"ace/shaders"
	"ace/shaders/cpu"
)

// selfTest runs two products, the second of the first's result, with small
// whole numbers, so that every arithmetic gives the same.
func (d *Device) selfTest(ctx context.Context) error {
	const rows, in, mid = 3, 70, 5
	first, second := make([]float32, mid*in), make([]float32, mid)
	x := make([]float32, rows*in)
	for o := range mid {
		for i := range in {
			first[o*in+i] = float32(o - 2)
		}
		second[o] = float32(o + 1)
	}
	for r := range rows {
		for i := range in {
			x[r*in+i] = float32(r + i%2)
		}
	}
	var got [rows]float32
	var rec compute.Recording
	input, hidden, output := d.Floats(len(x)), d.Floats(rows*mid), d.Floats(rows)
	rec.UploadFloats(input, x)
	rec.Dispatch(shaders.Linear, cpu.Pack(cpu.LinearParams{Rows: rows, In: in, Out: mid}), input, d.Weights(first), compute.Buffer{}, compute.Buffer{}, hidden)
	rec.Dispatch(shaders.Linear, cpu.Pack(cpu.LinearParams{Rows: rows, In: mid, Out: 1}), hidden, d.Weights(second), compute.Buffer{}, compute.Buffer{}, output)
	rec.DownloadFloats(output, got[:])
	if err := d.Run(ctx, &rec); err != nil {
		return err
	}
	for r, v := range got {
		// sum_o (o+1) (o-2) sum_i (r + i mod 2)
		if want := float32(10 * (in*r + in/2)); v != want {
			return fmt.Errorf("gpu: the self-test of %s gives %v where %v is right", d.info.Adapter, v, want)
		}
	}
	d.stats = Stats{}
	return nil
}
