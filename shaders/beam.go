package shaders

import "ace/shaders/cpu"

// The kernels of the beam: two dispatches a level, a workgroup a beam.
var (
	Expand = kernel("expand", 1e-5, cpu.Expand[float32],
		func(p cpu.ExpandParams) [3]uint32 { return [3]uint32{p.Rows, 1, 1} },
		index("beams"), index("trie"), Binding{Name: "allowed", Uint: true, Optional: true}, optional("prior"), in("logits"), room("s"), list("children"))
	Select = kernel("select", 1e-6, cpu.Select[float32],
		func(p cpu.SelectParams) [3]uint32 { return [3]uint32{p.Rows, 1, 1} },
		index("children"), Binding{Name: "states", Uint: true, Access: ReadWrite}, list("table"), list("keys"))
)

func list(name string) Binding { return Binding{Name: name, Uint: true, Access: Write} }
