// Package cpu holds the plain twins of the training kernels: the gradients of
// the kernels of a query, the loss and dropout. Gradients are always added to
// what their buffer holds. dy stands for the gradient of the loss by y.
package cpu

import "ace/shaders/cpu"

// LinearX adds dy w to dx. Parameters as cpu.LinearParams. Bindings:
// dy [Rows, Out], w [Out, In], dx [Rows, In].
func LinearX[T cpu.Float](a *cpu.Args[T]) {
	p := cpu.Unpack[cpu.LinearParams](&a.P)
	dy, w, dx := a.B[0].F, a.B[1].F, a.B[2].F
	rows, in, out := int(p.Rows), int(p.In), int(p.Out)
	for r := 0; r < rows; r++ {
		for i := 0; i < in; i++ {
			var s T
			for o := 0; o < out; o++ {
				s += dy[r*out+o] * w[o*in+i]
			}
			dx[r*in+i] += s
		}
	}
}

// LinearW adds dy^T x to dw and the column sums of dy to dbias. Bindings:
// dy [Rows, Out], x [Rows, In], dw [Out, In], dbias [Out] or empty.
func LinearW[T cpu.Float](a *cpu.Args[T]) {
	p := cpu.Unpack[cpu.LinearParams](&a.P)
	dy, x, dw, dbias := a.B[0].F, a.B[1].F, a.B[2].F, a.B[3].F
	rows, in, out := int(p.Rows), int(p.In), int(p.Out)
	for o := 0; o < out; o++ {
		for i := 0; i < in; i++ {
			var s T
			for r := 0; r < rows; r++ {
				s += dy[r*out+o] * x[r*in+i]
			}
			dw[o*in+i] += s
		}
		for r := 0; r < rows && len(dbias) > 0; r++ {
			dbias[o] += dy[r*out+o]
		}
	}
}

// CountParams: an elementwise kernel over N elements.
type CountParams struct{ N uint32 }

// ReLU clears dy where y, the result of max(0, .), is zero. Bindings: y, dy.
func ReLU[T cpu.Float](a *cpu.Args[T]) {
	p := cpu.Unpack[CountParams](&a.P)
	y, dy := a.B[0].F, a.B[1].F
	for i := 0; i < int(p.N); i++ {
		if y[i] <= 0 {
			dy[i] = 0
		}
	}
}

// Add adds dy to dx: the gradient of a residual. Bindings: dy, dx.
func Add[T cpu.Float](a *cpu.Args[T]) {
	p := cpu.Unpack[CountParams](&a.P)
	dy, dx := a.B[0].F, a.B[1].F
	for i := 0; i < int(p.N); i++ {
		dx[i] += dy[i]
	}
}
