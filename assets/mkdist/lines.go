package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"
)

// tableHead begins the table of functions in the memory of a Go program for
// WebAssembly: the number of its layout since Go 1.20, no padding, instructions of
// one byte, pointers of eight.
var tableHead = []byte{0xf1, 0xff, 0xff, 0xff, 0, 0, 1, 8}

// Fields of the table's records in 32-bit words (type _func of the package runtime).
const (
	fieldName     = 1
	fieldSP       = 4
	fieldFile     = 5
	fieldLine     = 6
	fieldTables   = 7 // how many more tables a function has
	fieldUnit     = 8
	fieldFirst    = 9  // line of the function
	fieldData     = 10 // its last byte is how many places of data follow the tables
	fieldsOfEvery = 11
)

// Tables and data of a function that nothing but reports of crashes reads (constants
// PCDATA and FUNCDATA of the package internal/abi): which call an instruction was made
// of, and which of its arguments are to be printed.
var (
	reportTables = []int{2, 3}
	reportData   = []int{3, 5, 6}
)

const noData = math.MaxUint32

var errTable = errors.New("the table of functions is not laid out as in Go 1.20 to 1.26")

// dropLines blanks which line of which file each instruction is of, and of which call
// that was compiled inline. Nothing but reports of crashes reads it, which still name the functions of ours; Go's linker keeps it
// whatever it is told, and it is nine per cent of the page. Memory is left as it was
// where the table has another layout.
func dropLines(memory []byte) error {
	at := bytes.Index(memory, tableHead)
	if at < 0 {
		return errTable
	}
	t, err := readTable(memory[at:])
	if err != nil {
		return err
	}
	for off, end := range t.ends {
		if !t.used[off] {
			clear(t.pcs[off:end])
		}
	}
	blank := dropNames(t.names)
	for _, f := range t.functions {
		for _, field := range []int{fieldFile, fieldLine, fieldUnit, fieldFirst} {
			clear(f[4*field : 4*field+4])
		}
		if name := binary.LittleEndian.Uint32(f[4*fieldName:]); int(name) < len(t.names) && t.names[name] == 0 {
			binary.LittleEndian.PutUint32(f[4*fieldName:], blank)
		}
		dropReport(f)
	}
	clear(t.files)
	return nil
}

// dropReport takes from a function's record what reports alone read.
func dropReport(f []byte) {
	tables, data := int(binary.LittleEndian.Uint32(f[4*fieldTables:])), int(f[4*fieldData+3])
	for _, i := range reportTables {
		if i < tables {
			clear(f[4*(fieldsOfEvery+i):][:4])
		}
	}
	for _, i := range reportData {
		if i < data {
			binary.LittleEndian.PutUint32(f[4*(fieldsOfEvery+tables+i):], noData)
		}
	}
}

// dropNames blanks the names of the functions that are neither the program's nor of
// packages of this module, and gives the place of one.
func dropNames(names []byte) (blank uint32) {
	for at := 0; at < len(names); {
		n := bytes.IndexByte(names[at:], 0)
		if n < 0 {
			n = len(names) - at
		}
		if name := names[at : at+n]; !bytes.HasPrefix(name, []byte("main.")) && !bytes.HasPrefix(name, []byte("ace/")) {
			clear(name)
			blank = uint32(at)
		}
		at += n + 1
	}
	return blank
}

// table is the table of functions.
type table struct {
	names     []byte       // of the functions, each ended by a zero byte
	files     []byte       // names of files, and which of them the packages have
	pcs       []byte       // tables by instruction, of all functions
	functions [][]byte     // their records
	ends      map[int]int  // where in pcs the tables begin, and end
	used      map[int]bool // those that say more than lines and files
}

// readTable reads the table at the front of memory, and is sure that it is one: all
// places are in it, and the tables by instruction lie one behind the other.
func readTable(memory []byte) (*table, error) {
	if len(memory) < 72 {
		return nil, errTable
	}
	word := func(i int) int { return int(binary.LittleEndian.Uint32(memory[8+8*i:])) }
	count, names, units, files, pcs, funcs := word(0), word(3), word(4), word(5), word(6), word(7)
	if !slices.IsSorted([]int{72, names, units, files, pcs, funcs, len(memory) - 8*count}) {
		return nil, errTable
	}
	t := &table{names: memory[names:units], files: memory[units:pcs], pcs: memory[pcs:funcs], ends: map[int]int{}, used: map[int]bool{}}
	funcdata := memory[funcs:]
	for i := range count {
		off := int(binary.LittleEndian.Uint32(funcdata[8*i+4:]))
		if off+4*fieldsOfEvery > len(funcdata) {
			return nil, errTable
		}
		f := funcdata[off:]
		field := func(i int) int { return int(binary.LittleEndian.Uint32(f[4*i:])) }
		more := field(fieldTables)
		if more > 16 || 4*(fieldsOfEvery+more+int(f[4*fieldData+3])) > len(f) {
			return nil, errTable
		}
		t.functions = append(t.functions, f)
		for i := range fieldsOfEvery + more {
			if i >= fieldSP && i <= fieldLine || i >= fieldsOfEvery {
				if off := field(i); off != 0 {
					t.ends[off] = 0
					t.used[off] = t.used[off] || i != fieldFile && i != fieldLine && !slices.Contains(reportTables, i-fieldsOfEvery)
				}
			}
		}
	}
	end := 1 // place 0 means that there is no table
	for _, off := range slices.Sorted(maps.Keys(t.ends)) {
		n := pairs(t.pcs[min(off, len(t.pcs)):])
		if off != end || n == 0 {
			return nil, errTable
		}
		end += n
		t.ends[off] = end
	}
	if len(t.pcs)-end >= 8 {
		return nil, errTable
	}
	return t, nil
}

// pairs is how many bytes a table by instruction takes: pairs of varints, until a
// first one of zero that is not the very first. It is 0 if the table has no end.
func pairs(b []byte) int {
	for at, i := 0, 0; at < len(b); i++ {
		if b[at] == 0 && i > 0 {
			return at + 1
		}
		for range 2 {
			_, n := binary.Uvarint(b[at:])
			if n <= 0 {
				return 0
			}
			at += n
		}
	}
	return 0
}
