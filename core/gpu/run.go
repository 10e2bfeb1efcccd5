package gpu

import (
	"context"
	"fmt"

	"github.com/gogpu/wgpu"

	"ace/core/compute"
)

// step is a dispatch that is ready to be encoded.
type step struct {
	pipeline *pipeline
	group    *wgpu.BindGroup
	grid     [3]uint32
}

// Run implements compute.Device: one submission, and one map if anything is
// downloaded.
func (d *Device) Run(ctx context.Context, r *compute.Recording) (err error) {
	steady(func() { err = d.run(ctx, r) })
	return err
}

func (d *Device) run(ctx context.Context, r *compute.Recording) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if d.failed != nil {
		return d.failed
	}
	began := d.now()
	d.watch.begin()
	err := d.submit(r)
	submitted := d.now()
	verdict := d.watch.end()
	if err == nil {
		err = d.read(ctx, r)
	}
	if said := verdict(ctx); said != nil && (err == nil || ctx.Err() == nil) {
		err = said // what the adapter says is nearer to the cause
	}
	switch {
	case ctx.Err() != nil && err != nil:
		return ctx.Err()
	case err != nil:
		return d.fail(err)
	}
	d.stats.Runs++
	d.stats.Record += submitted - began
	d.stats.Wait += d.now() - submitted
	return nil
}

// submit sends everything to the device.
func (d *Device) submit(r *compute.Recording) (err error) {
	defer caught(&err)
	if d.unflushed { // natively, writes that overlap are in order only if they are of two submissions
		if _, err := d.queue.Submit(); err != nil {
			return fmt.Errorf("gpu: %w", err)
		}
		d.unflushed = false
	}
	if err := d.prepare(r); err != nil {
		return err
	}
	if err := d.upload(r.Uploads); err != nil {
		return err
	}
	size, err := d.downloads(r.Downloads)
	if err != nil {
		return err
	}
	enc, err := d.device.CreateCommandEncoder(nil)
	if err != nil {
		return fmt.Errorf("gpu: %w", err)
	}
	if len(d.steps) > 0 {
		if err := d.encode(enc); err != nil {
			return err
		}
	}
	if size > 0 {
		if err := d.copyOut(enc, r.Downloads, size); err != nil {
			return err
		}
	}
	commands, err := enc.Finish()
	if err != nil {
		return fmt.Errorf("gpu: %w", err)
	}
	if _, err := d.queue.Submit(commands); err != nil {
		return fmt.Errorf("gpu: %w", err)
	}
	d.stats.Submits++
	return nil
}

// prepare compiles and binds what the dispatches need.
func (d *Device) prepare(r *compute.Recording) error {
	if err := d.room(len(r.Dispatches)); err != nil {
		return err
	}
	d.steps = d.steps[:0]
	for i := range r.Dispatches {
		c := &r.Dispatches[i]
		p, err := d.compiled(c.Kernel)
		if err != nil {
			return err
		}
		g, err := d.group(p, c)
		if err != nil {
			return err
		}
		for j, b := range c.Kernel.Bindings {
			if b.Weight && c.Bind[j].Len() > 0 {
				d.stats.WeightBytes += int64(c.Bind[j].Len() * d.weightSize())
			}
		}
		d.steps = append(d.steps, step{p, g, c.Kernel.Grid(&c.Params)})
	}
	return d.sendParams(r)
}

// encode records the dispatches in one pass.
func (d *Device) encode(enc *wgpu.CommandEncoder) error {
	pass, err := enc.BeginComputePass(nil)
	if err != nil {
		return fmt.Errorf("gpu: %w", err)
	}
	var last *pipeline
	for i, s := range d.steps {
		if s.pipeline != last {
			pass.SetPipeline(s.pipeline.compute)
			last = s.pipeline
		}
		pass.SetBindGroup(0, s.group, []uint32{uint32(i * align)})
		pass.Dispatch(s.grid[0], s.grid[1], s.grid[2])
	}
	d.stats.Dispatches += len(d.steps)
	if err := pass.End(); err != nil {
		return fmt.Errorf("gpu: %w", err)
	}
	return nil
}
