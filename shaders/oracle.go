//go:build !js

package shaders

import "ace/shaders/cpu"

// The twins in float64 are for training alone: a page does without them.
func init() {
	for k, f := range map[*Kernel]func(*cpu.Args[float64]){
		Embed: cpu.Embed[float64], Linear: cpu.Linear[float64], Norm: cpu.Norm[float64],
		Attention: cpu.Attention[float64], Gate: cpu.Gate[float64], LogSoftmax: cpu.LogSoftmax[float64],
		Project: cpu.Project[float64], Attend: cpu.Attend[float64], FeedForward: cpu.FeedForward[float64],
		Fusion: cpu.Fusion[float64], Expand: cpu.Expand[float64], Select: cpu.Select[float64],
	} {
		k.F64 = f
	}
}
