package fit

import (
	"fmt"

	"ace/core/compute"
	"ace/shaders"
	"ace/shaders/cpu"
	"ace/shaders/grad"
	twin "ace/shaders/grad/cpu"
)

// backward appends to out the gradients of the dispatches of forward, last
// first (reverse-mode differentiation over the recording). of gives the buffer
// that collects the gradient by a buffer, or an unbound one where none is
// wanted; gradients are added to it.
func backward(out, forward *compute.Recording, of func(compute.Buffer) compute.Buffer) {
	for i := len(forward.Dispatches) - 1; i >= 0; i-- {
		d := &forward.Dispatches[i]
		rule, ok := rules[d.Kernel]
		if !ok {
			panic(fmt.Sprintf("fit: no gradient for kernel %s", d.Kernel.Name))
		}
		rule(out, d, of)
	}
}

type rule func(out *compute.Recording, d *compute.Dispatch, of func(compute.Buffer) compute.Buffer)

var rules = map[*shaders.Kernel]rule{
	shaders.Linear:    linearRule,
	shaders.Norm:      normRule,
	shaders.Attention: attentionRule,
	shaders.Gate:      gateRule,
	shaders.Embed:     embedRule,
	grad.Loss:         lossRule,
	grad.Agree:        agreeRule,
	grad.Dropout:      dropoutRule,
}

func count(n int) cpu.Params { return cpu.Pack(twin.CountParams{N: uint32(n)}) }

func linearRule(out *compute.Recording, d *compute.Dispatch, of func(compute.Buffer) compute.Buffer) {
	x, w, bias, res, y := d.Bind[0], d.Bind[1], d.Bind[2], d.Bind[3], d.Bind[4]
	dy := of(y)
	if cpu.Unpack[cpu.LinearParams](&d.Params).ReLU == 1 {
		out.Dispatch(grad.ReLU, count(y.Len()), y, dy)
	}
	if res.Len() > 0 {
		out.Dispatch(grad.Add, count(y.Len()), dy, of(res))
	}
	out.Dispatch(grad.LinearX, d.Params, dy, w, of(x))
	dbias := compute.Buffer{}
	if bias.Len() > 0 {
		dbias = of(bias)
	}
	out.Dispatch(grad.LinearW, d.Params, dy, x, of(w), dbias)
}

func normRule(out *compute.Recording, d *compute.Dispatch, of func(compute.Buffer) compute.Buffer) {
	x, g, y := d.Bind[0], d.Bind[1], d.Bind[2]
	out.Dispatch(grad.Norm, d.Params, x, g, of(y), of(x), of(g))
}

func attentionRule(out *compute.Recording, d *compute.Dispatch, of func(compute.Buffer) compute.Buffer) {
	q, kv, keys, span, y := d.Bind[0], d.Bind[1], d.Bind[2], d.Bind[3], d.Bind[4]
	out.Dispatch(grad.Attention, d.Params, q, kv, keys, span, of(y), of(q), of(kv))
}

func gateRule(out *compute.Recording, d *compute.Dispatch, of func(compute.Buffer) compute.Buffer) {
	c, g, res, y := d.Bind[0], d.Bind[1], d.Bind[2], d.Bind[3]
	out.Dispatch(grad.Gate, d.Params, c, g, of(y), of(c), of(g))
	if res.Len() > 0 {
		out.Dispatch(grad.Add, count(y.Len()), of(y), of(res))
	}
}

func embedRule(out *compute.Recording, d *compute.Dispatch, of func(compute.Buffer) compute.Buffer) {
	pieces, start, place, table, places, y := d.Bind[0], d.Bind[1], d.Bind[2], d.Bind[3], d.Bind[4], d.Bind[5]
	out.Dispatch(grad.Embed, d.Params, pieces, start, place, of(y), of(table), of(places))
}

func lossRule(out *compute.Recording, d *compute.Dispatch, of func(compute.Buffer) compute.Buffer) {
	logits, target := d.Bind[0], d.Bind[1]
	out.Dispatch(grad.LossLogits, d.Params, logits, target, of(logits))
}

func agreeRule(out *compute.Recording, d *compute.Dispatch, of func(compute.Buffer) compute.Buffer) {
	logits := d.Bind[0]
	out.Dispatch(grad.AgreeLogits, d.Params, logits, of(logits))
}

func dropoutRule(out *compute.Recording, d *compute.Dispatch, of func(compute.Buffer) compute.Buffer) {
	x, res, y := d.Bind[0], d.Bind[1], d.Bind[2]
	out.Dispatch(grad.DropoutX, d.Params, of(y), of(x))
	if res.Len() > 0 {
		out.Dispatch(grad.Add, count(y.Len()), of(y), of(res))
	}
}
