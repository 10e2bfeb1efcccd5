package gpu

import (
	"context"
	"errors"
	"fmt"

	"github.com/gogpu/gputypes"
	"github.com/gogpu/wgpu"

	"ace/shaders"
)

var errClosed = errors.New("gpu: the device was closed")

// Open finds an adapter, opens a device on it and lets it compute something
// whose result is known. It returns an error where there is no adapter, where
// the adapter refuses, and where it computes wrongly.
func Open(ctx context.Context, o Options) (*Device, error) {
	type opened struct {
		d   *Device
		err error
	}
	done := make(chan opened, 1)
	go func() {
		var r opened
		steady(func() { r.d, r.err = open(o) })
		done <- r
	}()
	select {
	case <-ctx.Done():
		go func() { // an adapter may answer late, or never
			if r := <-done; r.err == nil {
				r.d.Close()
			}
		}()
		return nil, fmt.Errorf("gpu: %w", context.Cause(ctx))
	case r := <-done:
		if r.err != nil {
			return nil, r.err
		}
		if err := r.d.selfTest(ctx); err != nil {
			r.d.Close()
			return nil, err
		}
		return r.d, nil
	}
}

func open(o Options) (d *Device, err error) {
	defer caught(&err)
	d = &Device{now: o.Now, source: (*shaders.Kernel).Source, pipelines: map[*shaders.Kernel]*pipeline{}, groups: map[groupKey]*wgpu.BindGroup{}}
	if d.now == nil {
		d.now = func() float64 { return 0 }
	}
	if d.instance, err = wgpu.CreateInstance(&wgpu.InstanceDescriptor{Backends: gputypes.BackendsVulkan}); err != nil {
		return nil, fmt.Errorf("gpu: %w", err)
	}
	if d.adapter, err = d.instance.RequestAdapter(&wgpu.RequestAdapterOptions{
		PowerPreference: gputypes.PowerPreferenceHighPerformance, ForceFallbackAdapter: o.Fallback,
	}); err != nil {
		d.instance.Release()
		return nil, fmt.Errorf("gpu: no adapter: %w", err)
	}
	if d.device, err = d.adapter.RequestDevice(&wgpu.DeviceDescriptor{Label: "ace", RequiredLimits: limits(d.adapter.Limits())}); err != nil {
		d.adapter.Release()
		d.instance.Release()
		return nil, fmt.Errorf("gpu: the adapter gives no device: %w", err)
	}
	d.queue = d.device.Queue()
	if d.info, err = d.watch.attach(d.adapter.Info()); err != nil {
		d.Close()
		return nil, err
	}
	d.info.Weights = shaders.Half
	if d.info.Fallback {
		d.info.Weights = shaders.Single
	}
	if o.Weights != nil {
		d.info.Weights = *o.Weights
	}
	for i := range d.unbound {
		if d.unbound[i], err = d.buffer("unbound", unboundSize, wgpu.BufferUsageStorage); err != nil {
			d.Close()
			return nil, err
		}
	}
	return d, nil
}
