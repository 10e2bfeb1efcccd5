package gpu

import (
	"fmt"
	"slices"

	"github.com/gogpu/wgpu"

	"ace/core/compute"
)

// room makes the parameters' buffer long enough for n dispatches.
func (d *Device) room(n int) error {
	if d.params != nil && int(d.params.Size()) >= n*align {
		return nil
	}
	d.dropGroups() // they bind the old one
	if d.params != nil {
		d.params.Release()
	}
	var err error
	d.params, err = d.buffer("parameters", align*max(64, 2*n), wgpu.BufferUsageUniform|wgpu.BufferUsageCopyDst)
	return err
}

// sendParams writes the parameters of all dispatches at once.
func (d *Device) sendParams(r *compute.Recording) error {
	if len(r.Dispatches) == 0 {
		return nil
	}
	n := align * len(r.Dispatches)
	d.grow(n)
	for i := range r.Dispatches {
		copy(d.scratch[i*align:], bytesOf(r.Dispatches[i].Params[:]))
	}
	return d.send(d.params, 0, d.scratch[:n])
}

// upload writes the recording's uploads, neighbours in one go. Two uploads of
// one element would have no order natively, and are refused.
func (d *Device) upload(all []compute.Transfer) error {
	d.order = d.order[:0]
	for i, t := range all {
		if err := d.check(t, "upload"); err != nil {
			return err
		}
		if length(t) > 0 {
			d.order = append(d.order, i)
		}
	}
	slices.SortStableFunc(d.order, func(a, b int) int {
		x, y := all[a].Buffer, all[b].Buffer
		if x.ID() != y.ID() {
			return x.ID() - y.ID()
		}
		return x.Offset() - y.Offset()
	})
	for from := 0; from < len(d.order); {
		first := all[d.order[from]]
		end, to := first.Buffer.Offset()+length(first), from+1
		for ; to < len(d.order); to++ {
			next := all[d.order[to]]
			if !next.Buffer.Same(first.Buffer) || next.Buffer.Offset() > end {
				break
			}
			if next.Buffer.Offset() < end {
				return fmt.Errorf("gpu: two uploads of element %d of a buffer", next.Buffer.Offset())
			}
			end += length(next)
		}
		data := bytesIn(first)
		if to > from+1 {
			d.grow(4 * (end - first.Buffer.Offset()))
			n := 0
			for _, i := range d.order[from:to] {
				n += copy(d.scratch[n:], bytesIn(all[i]))
			}
			data = d.scratch[:n]
		}
		if err := d.send(d.memory[first.Buffer.ID()].buffer, 4*first.Buffer.Offset(), data); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// check refuses transfers that do not fit their buffers.
func (d *Device) check(t compute.Transfer, what string) error {
	switch id := t.Buffer.ID(); {
	case length(t) > t.Buffer.Len():
		return fmt.Errorf("gpu: %s of %d elements, where the buffer has %d", what, length(t), t.Buffer.Len())
	case length(t) > 0 && id >= len(d.memory):
		return fmt.Errorf("gpu: %s: no buffer of this device", what)
	case length(t) > 0 && d.memory[id].weight:
		return fmt.Errorf("gpu: %s: weights are uploaded once, by Weights, and stay on the device", what)
	}
	return nil
}

func length(t compute.Transfer) int { return max(len(t.Floats), len(t.Uints)) }

func bytesIn(t compute.Transfer) []byte {
	if len(t.Uints) > 0 {
		return bytesOf(t.Uints)
	}
	return bytesOf(t.Floats)
}
