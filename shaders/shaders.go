// Package shaders is the table of kernels: for each its name, its bindings in
// order and its plain twin in shaders/cpu. It calls no device.
package shaders

import "ace/shaders/cpu"

// Access says what a kernel does with a binding.
type Access uint8

// A binding is read, written wholly, or read and written.
const (
	Read Access = iota
	Write
	ReadWrite
)

// Binding is one buffer of a kernel.
type Binding struct {
	Name     string
	Uint     bool // u32 elements, else f32
	Access   Access
	Optional bool // may be left unbound
}

// Kernel is one row of the table.
type Kernel struct {
	Name     string
	Bindings []Binding
	F32      func(*cpu.Args[float32]) // the twin, as reference
	F64      func(*cpu.Args[float64]) // the same twin, as oracle of gradients
}

func in(name string) Binding       { return Binding{Name: name} }
func optional(name string) Binding { return Binding{Name: name, Optional: true} }
func index(name string) Binding    { return Binding{Name: name, Uint: true} }
func out(name string) Binding      { return Binding{Name: name, Access: Write} }

// The kernels of a query.
var (
	Embed      = &Kernel{"embed", []Binding{index("pieces"), index("start"), index("place"), in("table"), in("places"), out("y")}, cpu.Embed[float32], cpu.Embed[float64]}
	Linear     = &Kernel{"linear", []Binding{in("x"), in("w"), optional("bias"), optional("res"), out("y")}, cpu.Linear[float32], cpu.Linear[float64]}
	Norm       = &Kernel{"norm", []Binding{in("x"), in("g"), out("y")}, cpu.Norm[float32], cpu.Norm[float64]}
	Attention  = &Kernel{"attention", []Binding{in("q"), in("kv"), index("keys"), index("span"), out("y")}, cpu.Attention[float32], cpu.Attention[float64]}
	Gate       = &Kernel{"gate", []Binding{in("c"), in("g"), optional("res"), out("y")}, cpu.Gate[float32], cpu.Gate[float64]}
	LogSoftmax = &Kernel{"logsoftmax", []Binding{in("x"), out("y")}, cpu.LogSoftmax[float32], cpu.LogSoftmax[float64]}
)

// Table lists the kernels of a query.
var Table = []*Kernel{Embed, Linear, Norm, Attention, Gate, LogSoftmax}
