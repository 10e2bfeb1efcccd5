package main

import (
	"context"
	"fmt"
	"syscall/js"
	"time"

	"ace/core/gpu"
)

// Where to search, as the page's address may say. By itself the worker takes a
// graphics processor if there is one; an adapter that computes in software is
// slower than the CPU and is taken only when it is asked for.
const (
	deviceCPU    = "cpu"
	deviceWebGPU = "webgpu"
)

// adapterTime is how long an adapter may take to be ready.
const adapterTime = 30 * time.Second

// equip lets a graphics processor answer, if one is to be had and not unwanted. It
// notes why not, which is a loss where one was asked for.
func (w *worker) equip(wanted string) {
	if wanted == deviceCPU {
		return
	}
	if wanted != deviceWebGPU && !hasWebGPU() {
		w.note = "this browser does not offer WebGPU"
		return
	}
	defer func() {
		if p := recover(); p != nil {
			w.note, w.lost = fmt.Sprint(p), wanted == deviceWebGPU
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), adapterTime)
	defer cancel()
	d, err := gpu.Open(ctx, gpu.Options{Now: now})
	if err == nil {
		if d.Info().Fallback && wanted != deviceWebGPU {
			d.Close()
			w.note = "the adapter computes in software"
			return
		}
		if err = w.retriever.Use(ctx, d); err != nil {
			d.Close()
		}
	}
	if err != nil {
		w.note, w.lost = err.Error(), wanted == deviceWebGPU
	}
}

// hasWebGPU tells whether the browser knows of WebGPU at all.
func hasWebGPU() bool { return js.Global().Get("navigator").Get("gpu").Truthy() }
