// Command wasm is what runs in the browser: one binary in two roles. On the
// page's thread it is the page (package ui, rendered by vugu); in a dedicated
// worker it fetches the bundle and answers the page's questions, so that no
// search ever holds up typing. boot.js compiles it once for both.
package main

import "syscall/js"

func main() {
	if js.Global().Get("document").IsUndefined() {
		serve()
	} else {
		page()
	}
}
