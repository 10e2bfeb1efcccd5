package main

import (
	"errors"
	"syscall/js"
)

// array makes a JavaScript array.
func array(values ...any) js.Value {
	a := js.Global().Get("Array").New(len(values))
	for i, v := range values {
		a.SetIndex(i, v)
	}
	return a
}

// bytesOf copies an ArrayBuffer.
func bytesOf(buffer js.Value) []byte {
	view := js.Global().Get("Uint8Array").New(buffer)
	b := make([]byte, view.Length())
	js.CopyBytesToGo(b, view)
	return b
}

// toBytes copies into a Uint8Array of its own.
func toBytes(b []byte) js.Value {
	view := js.Global().Get("Uint8Array").New(len(b))
	js.CopyBytesToJS(view, b)
	return view
}

// await blocks the goroutine until a promise settles. It must not be called
// from within a function that the browser called.
func await(promise js.Value) (js.Value, error) {
	type settled struct {
		v  js.Value
		ok bool
	}
	ch := make(chan settled, 1)
	settle := func(ok bool) js.Func {
		return js.FuncOf(func(_ js.Value, args []js.Value) any {
			v := js.Undefined()
			if len(args) > 0 {
				v = args[0]
			}
			ch <- settled{v, ok}
			return nil
		})
	}
	yes, no := settle(true), settle(false)
	defer yes.Release()
	defer no.Release()
	promise.Call("then", yes, no)
	s := <-ch
	if !s.ok {
		return s.v, errors.New(message(s.v))
	}
	return s.v, nil
}

// message is what a thrown value says.
func message(v js.Value) string {
	if v.Type() == js.TypeObject {
		if m := v.Get("message"); m.Type() == js.TypeString && m.String() != "" {
			return m.String()
		}
	}
	return js.Global().Get("String").Invoke(v).String()
}

// now is the browser's clock in milliseconds.
func now() float64 { return js.Global().Get("performance").Call("now").Float() }
