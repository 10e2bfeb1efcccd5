// Package grad is the table of the kernels that only training needs.
package grad

import (
	"ace/shaders"
	"ace/shaders/cpu"
	twin "ace/shaders/grad/cpu"
)

func in(name string) shaders.Binding    { return shaders.Binding{Name: name} }
func index(name string) shaders.Binding { return shaders.Binding{Name: name, Uint: true} }
func out(name string) shaders.Binding   { return shaders.Binding{Name: name, Access: shaders.Write} }
func sum(name string) shaders.Binding {
	return shaders.Binding{Name: name, Access: shaders.ReadWrite}
}
func optional(b shaders.Binding) shaders.Binding { b.Optional = true; return b }

func kernel(name string, f32 func(*cpu.Args[float32]), f64 func(*cpu.Args[float64]), b ...shaders.Binding) *shaders.Kernel {
	return &shaders.Kernel{Name: name, Bindings: b, F32: f32, F64: f64}
}

// Gradients of the kernels of a query.
var (
	LinearX   = kernel("linear_x", twin.LinearX[float32], twin.LinearX[float64], in("dy"), in("w"), sum("dx"))
	LinearW   = kernel("linear_w", twin.LinearW[float32], twin.LinearW[float64], in("dy"), in("x"), sum("dw"), optional(sum("dbias")))
	ReLU      = kernel("relu", twin.ReLU[float32], twin.ReLU[float64], in("y"), sum("dy"))
	Add       = kernel("add", twin.Add[float32], twin.Add[float64], in("dy"), sum("dx"))
	Norm      = kernel("norm_grad", twin.Norm[float32], twin.Norm[float64], in("x"), in("g"), in("dy"), sum("dx"), sum("dg"))
	Attention = kernel("attention_grad", twin.Attention[float32], twin.Attention[float64], in("q"), in("kv"), index("keys"), index("span"), in("dy"), sum("dq"), sum("dkv"))
	Gate      = kernel("gate_grad", twin.Gate[float32], twin.Gate[float64], in("c"), in("g"), in("dy"), sum("dc"), sum("dg"))
	Embed     = kernel("embed_grad", twin.Embed[float32], twin.Embed[float64], index("pieces"), index("start"), index("place"), in("dy"), sum("dtable"), sum("dplaces"))
)

// The losses, dropout, and their gradients.
var (
	Loss        = kernel("loss", twin.Loss[float32], twin.Loss[float64], in("logits"), index("target"), out("y"))
	LossLogits  = kernel("loss_logits", twin.LossLogits[float32], twin.LossLogits[float64], in("logits"), index("target"), sum("dlogits"))
	Agree       = kernel("agree", twin.Agree[float32], twin.Agree[float64], in("logits"), out("y"))
	AgreeLogits = kernel("agree_logits", twin.AgreeLogits[float32], twin.AgreeLogits[float64], in("logits"), sum("dlogits"))
	Dropout     = kernel("dropout", twin.Dropout[float32], twin.Dropout[float64], in("x"), optional(in("res")), out("y"))
	DropoutX    = kernel("dropout_x", twin.DropoutX[float32], twin.DropoutX[float64], in("dy"), sum("dx"))
)

// Table lists the kernels of training.
var Table = []*shaders.Kernel{LinearX, LinearW, ReLU, Add, Norm, Attention, Gate, Embed, Loss, LossLogits, Agree, AgreeLogits, Dropout, DropoutX}
