package shaders

import "ace/shaders/cpu"

func in(name string) Binding       { return Binding{Name: name} }
func optional(name string) Binding { return Binding{Name: name, Optional: true} }
func weight(name string) Binding   { return Binding{Name: name, Weight: true} }
func index(name string) Binding    { return Binding{Name: name, Uint: true} }
func out(name string) Binding      { return Binding{Name: name, Access: Write} }

func room(name string) Binding { return Binding{Name: name, Access: Scratch} }

func bias(name string) Binding { return Binding{Name: name, Weight: true, Optional: true} }

// kernel makes a row: P is the parameter struct.
func kernel[P any](name string, tolerance float64, f32 func(*cpu.Args[float32]), grid func(P) [3]uint32, b ...Binding) *Kernel {
	var zero P
	return &Kernel{
		Name: name, Bindings: b, Params: zero, Tolerance: tolerance, Text: text(name), F32: f32,
		Grid: func(p *cpu.Params) [3]uint32 { return grid(cpu.Unpack[P](p)) },
	}
}

// groups is how many groups of size cover n.
func groups(n, size uint32) uint32 { return (n + size - 1) / size }

// The small kernels of the network, one for each operation.
var (
	Embed = kernel("embed", 1e-5, cpu.Embed[float32],
		func(p cpu.EmbedParams) [3]uint32 { return [3]uint32{groups(p.Width, 64), p.Rows, 1} },
		index("pieces"), index("start"), index("place"), weight("table"), weight("places"), out("y"))
	Linear = kernel("linear", 2e-5, cpu.Linear[float32],
		func(p cpu.LinearParams) [3]uint32 { return [3]uint32{groups(p.Out, 64), p.Rows, 1} },
		in("x"), weight("w"), bias("bias"), optional("res"), out("y"))
	Norm = kernel("norm", 1e-5, cpu.Norm[float32],
		func(p cpu.NormParams) [3]uint32 { return [3]uint32{p.Rows, 1, 1} },
		in("x"), weight("g"), out("y"))
	Attention = kernel("attention", 2e-5, cpu.Attention[float32],
		func(p cpu.AttentionParams) [3]uint32 { return [3]uint32{p.Heads, p.Rows, 1} },
		in("q"), in("kv"), index("keys"), index("span"), out("y"))
	Gate = kernel("gate", 1e-5, cpu.Gate[float32],
		func(p cpu.GateParams) [3]uint32 { return [3]uint32{groups(p.N, 64), 1, 1} },
		in("c"), in("g"), optional("res"), out("y"))
	LogSoftmax = kernel("logsoftmax", 1e-5, cpu.LogSoftmax[float32],
		func(p cpu.LogSoftmaxParams) [3]uint32 { return [3]uint32{p.Rows, 1, 1} },
		in("x"), out("y"))
)

// tile is the number of rows of a workgroup or thread of the fused kernels.
const tile = cpu.Tile

// The fused kernels, one for each block of the network.
var (
	Project = kernel("project", 5e-5, cpu.Project[float32],
		func(p cpu.ProjectParams) [3]uint32 {
			return [3]uint32{groups(p.Out, 8*32), groups(p.Rows, tile), p.Layers * p.Views}
		},
		in("x"), bias("g"), weight("w"), bias("bias"), optional("res"), out("y"))
	Attend = kernel("attend", 5e-5, cpu.Attend[float32],
		func(p cpu.AttendParams) [3]uint32 { return [3]uint32{groups(p.Rows, tile), 1, 1} },
		in("qkv"), index("keys"), index("span"), weight("w"), in("res"), room("s"), out("y"))
	FeedForward = kernel("feedforward", 5e-5, cpu.FeedForward[float32],
		func(p cpu.FeedForwardParams) [3]uint32 { return [3]uint32{groups(p.Rows, tile), 1, 1} },
		in("x"), weight("g"), weight("up"), weight("down"), room("s"), out("y"))
	Fusion = kernel("fusion", 5e-5, cpu.Fusion[float32],
		func(p cpu.FusionParams) [3]uint32 { return [3]uint32{groups(p.Rows, tile), 1, 1} },
		in("x"), weight("w"), in("kv"), room("s"), out("y"))
)

// Table lists the kernels of a query.
var Table = []*Kernel{Embed, Linear, Norm, Attention, Gate, LogSoftmax, Project, Attend, FeedForward, Fusion, Expand, Select}
