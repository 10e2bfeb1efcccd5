package main

import (
	"syscall/js"
	"time"

	"ace/ui"

	"github.com/vugu/vugu"
	"github.com/vugu/vugu/domrender"
)

const (
	stay = 3 * time.Second // how long an answer is looked at before its query is kept
	calm = 3 * time.Second // from the first answer until nothing hurries: then fetch.js fetches the rest too
)

// page renders the page until the browser leaves it: at most once a frame,
// however many events came.
func page() {
	mark("program")
	renderer, err := domrender.New("#app")
	if err != nil {
		panic(err)
	}
	env, err := vugu.NewBuildEnv(renderer.EventEnv())
	if err != nil {
		panic(err)
	}
	root := &ui.Root{Engine: newRemote(js.Global().Get("aceWorker")), Stay: func() { time.Sleep(stay) }, Calm: func() { time.Sleep(calm) }}

	wanted := make(chan struct{}, 1)
	wanted <- struct{}{}
	go func() {
		for renderer.EventWait() {
			select {
			case wanted <- struct{}{}:
			default: // the render that is due shows this too
			}
		}
		close(wanted)
	}()
	frame := make(chan struct{}, 1)
	onFrame := js.FuncOf(func(js.Value, []js.Value) any { frame <- struct{}{}; return nil })
	document := js.Global().Get("document")
	lock := renderer.EventEnv()
	for range wanted {
		if document.Get("visibilityState").String() == "visible" { // else there are no frames
			js.Global().Call("requestAnimationFrame", onFrame)
			<-frame
		}
		select {
		case <-wanted:
		default:
		}
		lock.RLock() // RunBuild reads what events change
		built := env.RunBuild(root)
		lock.RUnlock()
		if err := renderer.Render(built); err != nil {
			panic(err)
		}
	}
}
