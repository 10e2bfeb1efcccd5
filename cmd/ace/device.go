package main

import (
	"context"
	"fmt"

	"ace/core/gpu"
	"ace/core/search"
)

// Values of --device where something is searched. auto is the CPU: it has the
// answer before a graphics processor is ready.
const (
	deviceAuto = "auto"
	deviceCPU  = "cpu"
	deviceGPU  = "gpu"
)

func checkDevice(name string) error {
	switch name {
	case deviceAuto, deviceCPU, deviceGPU:
		return nil
	}
	return usage("unknown --device %s", "it is cpu, gpu or auto", name)
}

// onDevice lets a graphics processor answer where --device says so. The caller
// closes what is returned.
func onDevice(ctx context.Context, r *search.Retriever, name string) (close func(), err error) {
	if name != deviceGPU {
		return func() {}, nil
	}
	const driver = "a Vulkan driver must be installed (on Debian mesa-vulkan-drivers and libvulkan1 compute in software); --device cpu needs none"
	d, err := gpu.Open(ctx, gpu.Options{})
	if err != nil {
		return nil, hint(fmt.Errorf("no graphics processor to search on: %w", err), driver)
	}
	if err := r.Use(ctx, d); err != nil {
		d.Close()
		return nil, hint(err, driver)
	}
	return d.Close, nil
}
