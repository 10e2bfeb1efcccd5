//go:build !js

package gpu

import (
	"runtime"
	"testing"
	"unsafe"
)

// A stack that grows and is shrunk moves, and steady keeps it from that.
func TestSteady(t *testing.T) {
	moved := make(chan bool)
	go func() { moved <- moves() }()
	if !<-moved {
		t.Error("a small stack did not move: the test shows nothing")
	}
	go func() { steady(func() { moved <- moves() }) }()
	if <-moved {
		t.Error("the stack moved")
	}
}

//go:noinline
func moves() bool {
	var x [8]byte
	before := uintptr(unsafe.Pointer(&x))
	consume(20)
	grown := uintptr(unsafe.Pointer(&x))
	runtime.GC()
	return grown != before || uintptr(unsafe.Pointer(&x)) != before
}

//go:noinline
func consume(kilobytes int) byte {
	var room [1 << 10]byte
	room[kilobytes] = 1
	if kilobytes == 0 {
		return room[0]
	}
	return room[kilobytes] + consume(kilobytes-1)
}
