// Package onnx runs networks in the ONNX format (https://onnx.ai) by
// onnxruntime's shared library, which is loaded when it is asked for: neither
// building nor starting the program needs it, or a C compiler.
package onnx

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"unsafe"

	"github.com/go-webgpu/goffi/ffi"
)

// Variable is the name of the environment variable that says where the library lies.
const Variable = "ACE_ONNXRUNTIME"

// ErrMissing is the error of a library that is in none of the usual places.
var ErrMissing = errors.New("onnxruntime's shared library is not there")

// Library is onnxruntime.
type Library struct {
	Path, Version string
	api           *[functions]unsafe.Pointer
	env           unsafe.Pointer
	memory        unsafe.Pointer // OrtMemoryInfo of the processor
	allocator     unsafe.Pointer
}

// Open loads the library: the file at path; if that is empty, the one that
// $ACE_ONNXRUNTIME names; else the first that is found beside the program, where
// npm put it (see NodeModules), where pip put it, or where the system keeps
// libraries. It stays loaded until the program ends.
func Open(path string) (*Library, error) {
	if path == "" {
		path = os.Getenv(Variable)
	}
	if path != "" {
		if _, err := os.Stat(path); err != nil {
			return nil, err
		}
		return open(path)
	}
	for _, p := range places() {
		if strings.ContainsRune(p, filepath.Separator) {
			if _, err := os.Stat(p); err != nil {
				continue
			}
			return open(p)
		}
		if l, err := open(p); err == nil {
			return l, nil
		}
	}
	return nil, ErrMissing
}

// NodeModules is the folder in which the npm package onnxruntime-node is looked
// for; "" where the user has no cache folder.
func NodeModules() string {
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(cache, "ace", "node_modules")
}

// places are where the library may lie; a name without a folder is for the system to find.
func places() []string {
	names := map[string][]string{
		"windows": {"onnxruntime.dll"},
		"darwin":  {"libonnxruntime.dylib", "libonnxruntime.1.dylib"},
	}[runtime.GOOS]
	if names == nil {
		names = []string{"libonnxruntime.so.1", "libonnxruntime.so"}
	}
	var list []string
	in := func(pattern ...string) {
		found, _ := filepath.Glob(filepath.Join(pattern...))
		list = append(list, found...)
	}
	any := "*onnxruntime*" + map[string]string{"windows": ".dll", "darwin": ".dylib"}[runtime.GOOS]
	if runtime.GOOS != "windows" && runtime.GOOS != "darwin" {
		any = "libonnxruntime.so*"
	}
	if self, err := os.Executable(); err == nil {
		for _, n := range names {
			in(filepath.Dir(self), n)
		}
	}
	if modules := NodeModules(); modules != "" {
		system, machine := runtime.GOOS, runtime.GOARCH
		if system == "windows" {
			system = "win32"
		}
		if machine == "amd64" {
			machine = "x64"
		}
		in(modules, "onnxruntime-node", "bin", "napi-v*", system, machine, any)
	}
	for _, root := range []string{os.Getenv("VIRTUAL_ENV"), home(".local")} {
		if root != "" {
			in(root, "lib", "python*", "site-packages", "onnxruntime", "capi", any)
		}
	}
	list = append(list, names...)
	for _, folder := range []string{"/usr/local/lib", "/opt/homebrew/lib"} {
		for _, n := range names {
			list = append(list, filepath.Join(folder, n))
		}
	}
	return list
}

func home(name string) string {
	h, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(h, name)
}

func open(path string) (*Library, error) {
	handle, err := ffi.LoadLibrary(path)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be loaded: %w", path, err)
	}
	base, err := ffi.GetSymbol(handle, "OrtGetApiBase")
	if err != nil {
		return nil, fmt.Errorf("%s is not onnxruntime: it has no OrtGetApiBase", path)
	}
	get := (*[2]unsafe.Pointer)(call(base)) // GetApi, GetVersionString
	l := &Library{Path: path, Version: text(call(get[1]))}
	if l.api = (*[functions]unsafe.Pointer)(call(get[0], apiVersion)); l.api == nil {
		return nil, fmt.Errorf("%s, version %s: it has no API of version %d", path, l.Version, apiVersion)
	}
	const errorsOnly, arena, ordinary = 3, 1, 0
	if err := errors.Join(
		l.do(createEnv, errorsOnly, chars("ace"), unsafe.Pointer(&l.env)),
		l.do(createCPUMemoryInfo, arena, ordinary, unsafe.Pointer(&l.memory)),
		l.do(getAllocatorWithDefaultOptions, unsafe.Pointer(&l.allocator)),
	); err != nil {
		return nil, fmt.Errorf("%s, version %s: %w", path, l.Version, err)
	}
	return l, nil
}
