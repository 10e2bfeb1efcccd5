package gpu

import (
	"fmt"

	"github.com/gogpu/wgpu"

	"ace/core/compute"
	"ace/shaders"
	"ace/shaders/cpu"
)

// unboundSize has a part for each binding: parts that overlap must not be
// writable.
const unboundSize = align * cpu.MaxBindings

// mostGroups is how many bind groups are kept: queries of every length have
// their own.
const mostGroups = 8192

type groupKey struct {
	kernel *shaders.Kernel
	bind   [cpu.MaxBindings]compute.Buffer
}

// span is what a binding sees of an allocation, in bytes.
type span struct {
	buffer   *wgpu.Buffer
	from, to int
}

// group is the bind group of a dispatch, made at its first use.
func (d *Device) group(p *pipeline, c *compute.Dispatch) (*wgpu.BindGroup, error) {
	key := groupKey{c.Kernel, c.Bind}
	if g, ok := d.groups[key]; ok {
		return g, nil
	}
	n := len(c.Kernel.Bindings)
	spans, entries := make([]span, n), make([]wgpu.BindGroupEntry, n+1)
	for i := range spans {
		s, err := d.span(p, c.Kernel, i, c.Bind[i])
		if err != nil {
			return nil, err
		}
		for j, t := range spans[:i] {
			if s.buffer == t.buffer && (p.writable[i] != p.writable[j] || p.writable[i] && s.from < t.to && t.from < s.to) {
				return nil, fmt.Errorf("gpu: kernel %s: bindings %s and %s lie in one buffer and it is written", c.Kernel.Name, c.Kernel.Bindings[j].Name, c.Kernel.Bindings[i].Name)
			}
		}
		spans[i] = s
		entries[i] = wgpu.BindGroupEntry{Binding: uint32(i), Buffer: s.buffer, Offset: uint64(s.from), Size: uint64(s.to - s.from)}
	}
	entries[n] = wgpu.BindGroupEntry{Binding: uint32(n), Buffer: d.params, Size: uint64(paramsSize)}
	g, err := d.device.CreateBindGroup(&wgpu.BindGroupDescriptor{Label: c.Kernel.Name, Layout: p.layout, Entries: entries})
	if err != nil {
		return nil, fmt.Errorf("gpu: kernel %s: %w", c.Kernel.Name, err)
	}
	if len(d.groups) == mostGroups {
		d.dropGroups()
	}
	d.groups[key] = g
	return g, nil
}

// span checks a binding and finds its bytes.
func (d *Device) span(p *pipeline, k *shaders.Kernel, i int, b compute.Buffer) (span, error) {
	if b.Len() == 0 {
		stand := d.unbound[0]
		if p.writable[i] {
			stand = d.unbound[1]
		}
		return span{stand, i * align, (i + 1) * align}, nil
	}
	if b.ID() >= len(d.memory) {
		return span{}, fmt.Errorf("gpu: kernel %s: binding %s is no buffer of this device", k.Name, k.Bindings[i].Name)
	}
	m := d.memory[b.ID()]
	if m.weight != k.Bindings[i].Weight {
		return span{}, fmt.Errorf("gpu: kernel %s: binding %s: weights are taken where the table says so, and nothing else", k.Name, k.Bindings[i].Name)
	}
	size := 4
	if m.weight {
		size = d.weightSize()
	}
	from := b.Offset() * size
	if from%align != 0 {
		return span{}, fmt.Errorf("gpu: kernel %s: binding %s begins at element %d, which is no multiple of %d", k.Name, k.Bindings[i].Name, b.Offset(), align/size)
	}
	to := from + roundUp(b.Len()*size)
	if most := d.device.Limits().MaxStorageBufferBindingSize; uint64(to-from) > most {
		return span{}, fmt.Errorf("gpu: kernel %s: binding %s of %d bytes, where the adapter binds %d", k.Name, k.Bindings[i].Name, to-from, most)
	}
	return span{m.buffer, from, to}, nil
}

// weightSize is the bytes of a weight.
func (d *Device) weightSize() int {
	if d.info.Weights == shaders.Half {
		return 2
	}
	return 4
}

func (d *Device) dropGroups() {
	for _, g := range d.groups {
		g.Release()
	}
	clear(d.groups)
}
