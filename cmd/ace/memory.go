package main

import (
	"os"
	"runtime/debug"
)

// enough is how many bytes the program takes before it looks for what it needs no more
// oftener than by and by. What it does need may be more.
const enough = 640 << 20

// limitMemory says so to the runtime, unless the user has: GOMEMLIMIT.
func limitMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(enough)
	}
}
