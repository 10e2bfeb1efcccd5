package gpu

import (
	"context"
	"fmt"

	"github.com/gogpu/wgpu"

	"ace/core/compute"
)

// downloads checks what is read back and gives its bytes, rounded up as maps
// must be.
func (d *Device) downloads(all []compute.Transfer) (int, error) {
	size := 0
	for _, t := range all {
		if err := d.check(t, "download"); err != nil {
			return 0, err
		}
		size += 4 * length(t)
	}
	return (size + 7) &^ 7, nil
}

// copyOut records the copies into the staging buffer.
func (d *Device) copyOut(enc *wgpu.CommandEncoder, all []compute.Transfer, size int) (err error) {
	if d.staging == nil || int(d.staging.Size()) < size {
		d.dropStaging()
		if d.staging, err = d.buffer("a read-back", roundUp(2*size), wgpu.BufferUsageMapRead|wgpu.BufferUsageCopyDst); err != nil {
			return err
		}
	}
	at := 0
	for _, t := range all {
		n := 4 * length(t)
		if n > 0 {
			enc.CopyBufferToBuffer(d.memory[t.Buffer.ID()].buffer, uint64(4*t.Buffer.Offset()), d.staging, uint64(at), uint64(n))
		}
		at += n
	}
	return nil
}

// read waits for the device and copies what was downloaded to its places.
func (d *Device) read(ctx context.Context, r *compute.Recording) (err error) {
	defer caught(&err)
	size, err := d.downloads(r.Downloads)
	if err != nil || size == 0 {
		return err
	}
	d.stats.Maps++
	if err := d.staging.Map(ctx, wgpu.MapModeRead, 0, uint64(size)); err != nil {
		d.dropStaging() // its map may still be under way
		return fmt.Errorf("gpu: read-back: %w", err)
	}
	view, err := d.staging.MappedRange(0, uint64(size))
	if err != nil {
		d.dropStaging()
		return fmt.Errorf("gpu: read-back: %w", err)
	}
	data := view.Bytes()
	if len(data) < size {
		d.dropStaging()
		return fmt.Errorf("gpu: read-back: %d bytes of %d", len(data), size)
	}
	for _, t := range r.Downloads {
		data = data[copy(bytesIn(t), data):]
	}
	if err := d.staging.Unmap(); err != nil {
		return fmt.Errorf("gpu: read-back: %w", err)
	}
	return nil
}

func (d *Device) dropStaging() {
	if d.staging != nil {
		d.staging.Release()
		d.staging = nil
	}
}
