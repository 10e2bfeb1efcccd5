package compute

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"ace/shaders"
	"ace/shaders/cpu"
)

// trial is one dispatch over random buffers.
type trial struct {
	kernel *shaders.Kernel
	name   string
	params cpu.Params
	floats []int      // elements of each float binding, 0 for unbound; -1 where uints has the list
	uints  [][]uint32 // by binding
	out    int        // the binding that is compared
}

func trials() []trial {
	var all []trial
	for _, s := range [][3]int{{1, 1, 1}, {1, 64, 64}, {3, 5, 7}, {10, 128, 256}, {17, 33, 65}, {2, 257, 1}} {
		rows, in, out := s[0], s[1], s[2]
		for _, relu := range []uint32{0, 1} {
			for _, with := range []int{0, 1} {
				all = append(all, trial{shaders.Linear, fmt.Sprint(s, relu, with),
					cpu.Pack(cpu.LinearParams{Rows: uint32(rows), In: uint32(in), Out: uint32(out), ReLU: relu}),
					[]int{rows * in, out * in, with * out, with * rows * out, rows * out}, nil, 4})
			}
		}
		all = append(all,
			trial{shaders.Norm, fmt.Sprint(s), cpu.Pack(cpu.NormParams{Rows: uint32(rows), Width: uint32(in), Eps: 1e-6}), []int{rows * in, in, rows * in}, nil, 2},
			trial{shaders.LogSoftmax, fmt.Sprint(s), cpu.Pack(cpu.LogSoftmaxParams{Rows: uint32(rows), Width: uint32(in)}), []int{rows * in, rows * in}, nil, 1},
			trial{shaders.Gate, fmt.Sprint(s), cpu.Pack(cpu.GateParams{N: uint32(rows * in), Scale: 0.7}), []int{rows * in, rows * in, rows * in, rows * in}, nil, 3},
			trial{shaders.Gate, fmt.Sprint(s, "alone"), cpu.Pack(cpu.GateParams{N: uint32(rows * in), Scale: 1}), []int{rows * in, rows * in, 0, rows * in}, nil, 3},
			trial{shaders.Embed, fmt.Sprint(s), cpu.Pack(cpu.EmbedParams{Rows: 3, Width: uint32(in)}),
				[]int{-1, -1, -1, 9 * in, 4 * in, 3 * in}, [][]uint32{{0, 8, 3, 3, 7}, {0, 2, 2, 5}, {3, 0, 1}}, 5})
	}
	for _, s := range [][3]int{{1, 1, 1}, {2, 3, 8}, {4, 32, 70}} {
		heads, dh, keys := s[0], s[1], s[2]
		w := heads * dh
		list := make([]uint32, keys)
		for i := range list {
			list[i] = uint32(keys - 1 - i)
		}
		all = append(all, trial{shaders.Attention, fmt.Sprint(s),
			cpu.Pack(cpu.AttentionParams{Rows: 3, Heads: uint32(heads), Head: uint32(dh), QStride: uint32(2 * w), QOff: uint32(w), KVStride: uint32(2*w + 1), KOff: 1, VOff: uint32(w)}),
			[]int{6 * w, keys*(2*w+1) + w, -1, -1, 3 * w}, [][]uint32{nil, nil, list, {0, uint32(keys), 0, 0, uint32(keys - 1), 1}}, 4})
	}
	return all
}

const guard = 1234.5

// TestFastAgainstTwin compares every fast kernel with its twin on awkward
// shapes; values before and after the result must stay as they were.
func TestFastAgainstTwin(t *testing.T) {
	seen := map[*shaders.Kernel]bool{}
	for _, c := range trials() {
		seen[c.kernel] = true
		t.Run(c.kernel.Name+"/"+c.name, func(t *testing.T) {
			var results [2][]float32
			for i, dev := range []*CPU[float32]{NewReference(), NewCPU()} {
				rng := rand.New(rand.NewPCG(3, 4))
				var bind []Buffer
				for j, n := range c.floats {
					if n < 0 {
						b := dev.Uints(len(c.uints[j]))
						copy(dev.MemoryUints(b), c.uints[j])
						bind = append(bind, b)
						continue
					}
					if n == 0 {
						bind = append(bind, Buffer{})
						continue
					}
					b := dev.Floats(n + 2)
					m := dev.Memory(b)
					for k := range m {
						m[k] = float32(rng.NormFloat64())
					}
					m[0], m[n+1] = guard, guard
					bind = append(bind, b.At(1, n))
				}
				var rec Recording
				rec.Dispatch(c.kernel, c.params, bind...)
				if err := dev.Run(context.Background(), &rec); err != nil {
					t.Fatal(err)
				}
				out := bind[c.out]
				whole := dev.floats[out.id]
				if whole[0] != guard || whole[len(whole)-1] != guard {
					t.Errorf("device %d wrote outside its buffer", i)
				}
				results[i] = dev.Memory(out)
			}
			for k, want := range results[0] {
				if got := results[1][k]; math.Abs(float64(got-want)) > 2e-5*(1+math.Abs(float64(want))) || math.IsNaN(float64(got)) {
					t.Fatalf("element %d: fast %v, twin %v", k, got, want)
				}
			}
		})
	}
	for k := range fastKernels {
		if !seen[k] {
			t.Errorf("fast kernel %s is not tried", k.Name)
		}
	}
}

func TestDispatchRefusesMissingBindings(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a dispatch without its weights was taken")
		}
	}()
	dev := NewCPU()
	var rec Recording
	rec.Dispatch(shaders.Norm, cpu.Params{}, dev.Floats(1), Buffer{}, dev.Floats(1))
}

func TestRunStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	dev := NewCPU()
	var rec Recording
	rec.Dispatch(shaders.LogSoftmax, cpu.Pack(cpu.LogSoftmaxParams{Rows: 1, Width: 1}), dev.Floats(1), dev.Floats(1))
	if err := dev.Run(ctx, &rec); err == nil {
		t.Error("a cancelled run ended without an error")
	}
}
