//go:build !js

package gpu

import (
	"context"

	"github.com/gogpu/gputypes"
	_ "github.com/gogpu/wgpu/hal/vulkan" // the adapters that there are
)

// backend is what a user reads.
const backend = "vulkan"

// zeroed tells whether new buffers hold zeros.
const zeroed = false

// limits are what is asked of a device. Vulkan adapters say 256 MiB of every
// buffer and give more.
func limits(l gputypes.Limits) gputypes.Limits {
	l.MaxBufferSize = max(l.MaxBufferSize, l.MaxStorageBufferBindingSize)
	return l
}

// watch has nothing to do here: the calls themselves return errors.
type watch struct{}

func (watch) attach(a gputypes.AdapterInfo) (Info, error) {
	return Info{Adapter: a.Name, Fallback: a.DeviceType == gputypes.DeviceTypeCPU}, nil
}

func (watch) begin() {}

func (watch) end() func(context.Context) error {
	return func(context.Context) error { return nil }
}

func caught(*error) {}
