package gpu

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gogpu/gputypes"
	"github.com/gogpu/wgpu"

	"ace/shaders"
	"ace/shaders/cpu"
)

// pipeline is a compiled kernel.
type pipeline struct {
	compute  *wgpu.ComputePipeline
	module   *wgpu.ShaderModule
	pipe     *wgpu.PipelineLayout
	layout   *wgpu.BindGroupLayout
	writable []bool // by binding
}

func (p *pipeline) release() {
	p.compute.Release()
	p.pipe.Release()
	p.layout.Release()
	p.module.Release()
}

// paramsSize is what a dispatch sees of its slot.
const paramsSize = 4 * len(cpu.Params{})

// writables reads from a kernel's text which of its bindings it may write. The
// text declares them as
//
//	@group(0) @binding(N) var<storage, read_write> name: array<f32>;
func writables(k *shaders.Kernel, text string) ([]bool, error) {
	n := len(k.Bindings)
	writable, seen := make([]bool, n), make([]bool, n+1)
	for _, rest := range strings.Split(text, "@binding(")[1:] {
		number, rest, _ := strings.Cut(rest, ")")
		i, err := strconv.Atoi(strings.TrimSpace(number))
		kind, _, closed := strings.Cut(strings.TrimPrefix(strings.TrimSpace(rest), "var<"), ">")
		if err != nil || !closed || i < 0 || i > n || seen[i] || (kind == "uniform") != (i == n) {
			return nil, fmt.Errorf("gpu: kernel %s: its text declares binding %s as %q, which is not what the table says", k.Name, number, kind)
		}
		seen[i] = true
		if i < n {
			writable[i] = strings.HasSuffix(kind, "read_write")
		}
	}
	if i := slices.Index(seen, false); i >= 0 {
		return nil, fmt.Errorf("gpu: kernel %s: its text does not declare binding %d", k.Name, i)
	}
	return writable, nil
}

// compiled is the pipeline of a kernel, made at its first use. In the browser
// errors of the text come out at the end of the run.
func (d *Device) compiled(k *shaders.Kernel) (*pipeline, error) {
	if p, ok := d.pipelines[k]; ok {
		return p, nil
	}
	text := d.source(k, d.info.Weights)
	if text == "" {
		return nil, fmt.Errorf("gpu: kernel %s has no WGSL", k.Name)
	}
	writable, err := writables(k, text)
	if err != nil {
		return nil, err
	}
	p := &pipeline{writable: writable}
	if p.module, err = d.device.CreateShaderModule(&wgpu.ShaderModuleDescriptor{Label: k.Name, WGSL: text}); err != nil {
		return nil, fmt.Errorf("gpu: kernel %s: %w", k.Name, err)
	}
	entries := make([]gputypes.BindGroupLayoutEntry, len(writable)+1)
	for i := range entries {
		b := &gputypes.BufferBindingLayout{Type: gputypes.BufferBindingTypeReadOnlyStorage}
		switch {
		case i == len(writable):
			b.Type, b.HasDynamicOffset = gputypes.BufferBindingTypeUniform, true
		case writable[i]:
			b.Type = gputypes.BufferBindingTypeStorage
		}
		entries[i] = gputypes.BindGroupLayoutEntry{Binding: uint32(i), Visibility: wgpu.ShaderStageCompute, Buffer: b}
	}
	if p.layout, err = d.device.CreateBindGroupLayout(&wgpu.BindGroupLayoutDescriptor{Label: k.Name, Entries: entries}); err != nil {
		return nil, fmt.Errorf("gpu: kernel %s: %w", k.Name, err)
	}
	if p.pipe, err = d.device.CreatePipelineLayout(&wgpu.PipelineLayoutDescriptor{Label: k.Name, BindGroupLayouts: []*wgpu.BindGroupLayout{p.layout}}); err != nil {
		return nil, fmt.Errorf("gpu: kernel %s: %w", k.Name, err)
	}
	if p.compute, err = d.device.CreateComputePipeline(&wgpu.ComputePipelineDescriptor{Label: k.Name, Layout: p.pipe, Module: p.module, EntryPoint: "main"}); err != nil {
		return nil, fmt.Errorf("gpu: kernel %s: %w", k.Name, err)
	}
	d.pipelines[k] = p
	return p, nil
}
