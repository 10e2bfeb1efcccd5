package beam

import (
	"context"
	"fmt"

	"ace/core/compute"
	"ace/shaders"
	"ace/shaders/cpu"
)

// Index is a trie as it lies in a file: N items in identifier order.
type Index struct {
	Levels []int    // V of each level
	First  []uint32 // [V_0 + 1] items with coarse code k are First[k] : First[k+1]
	Fine   []Column // levels 1 .. L-1, each [N]
}

// Column is the code of every item at one level, in bytes or 16-bit words: one of
// the two is set.
type Column struct {
	Bytes []uint8
	Words []uint16
}

// Recorder appends the search to recordings, as two kernels a level, and keeps
// the trie and the beams on the device. Its buffers are the same for all queries.
type Recorder struct {
	dev           compute.Device
	levels        []int
	items         int
	width, stride int // most beams; and the states between two levels

	trie     compute.Buffer // a zero, First, then the columns
	columns  []compute.Buffer
	bits     []uint32
	states   compute.Buffer // [L+1, stride] beams: at 0 the root
	scratch  compute.Buffer
	children compute.Buffer
	table    compute.Buffer // of the next step: [width]
	keys     compute.Buffer // [width, L+1]
	allowed  compute.Buffer
	prior    compute.Buffer

	rows   []int // beams at each level of the query at hand, and at the end
	expand cpu.ExpandParams
	set    []uint32
	blank  []uint32 // states before a query
	answer []uint32
}

// Query is what Options is to Search.
type Query struct {
	Width   int
	Path    float64  // of a rank: the weight of the log-probability
	Prior   *Prior   // added to it; nil: none
	Allowed []uint64 // the set of items to be found, as bits; nil: all. It must not be empty
	Ranks   []uint32 // of the set: how many items come before each word
}

// aligned rounds up to where a part of a buffer may begin.
func aligned(n int) int { return (n + 63) &^ 63 }

// NewRecorder uploads an index of at least one item and makes room for searches of
// up to width beams.
func NewRecorder(ctx context.Context, dev compute.Device, x Index, width int) (*Recorder, error) {
	r := &Recorder{dev: dev, levels: x.Levels, items: int(x.First[x.Levels[0]]), width: width, stride: (width + 7) &^ 7}
	if r.items == 0 || width < 1 {
		return nil, fmt.Errorf("beam: %d beams over %d items", width, r.items)
	}
	codes := 0
	for l, v := range x.Levels {
		if v > cpu.MaxCodes {
			return nil, fmt.Errorf("beam: level %d has %d codes, where the kernels take %d", l, v, cpu.MaxCodes)
		}
		codes = max(codes, v)
	}
	words := make([]uint32, aligned(1), aligned(1)+aligned(len(x.First)))
	starts := []int{len(words)}
	words = append(words, x.First...)
	r.bits = []uint32{0}
	for _, c := range x.Fine {
		words = append(words, make([]uint32, aligned(len(words))-len(words))...)
		starts = append(starts, len(words))
		var bits uint32
		words, bits = c.pack(words)
		r.bits = append(r.bits, bits)
	}
	r.trie = dev.Uints(len(words))
	for l, at := range starts {
		end := len(words)
		if l+1 < len(starts) {
			end = starts[l+1]
		}
		r.columns = append(r.columns, r.trie.At(at, end-at))
	}
	r.states = dev.Uints((len(x.Levels) + 1) * r.stride * cpu.BeamWords)
	most := cpu.ExpandParams{Rows: uint32(width), Codes: uint32(codes)}
	r.scratch = dev.Floats(most.Scratch())
	r.children = dev.Uints(width * min(width, codes) * cpu.BeamWords)
	next := dev.Uints(aligned(width) + width*(len(x.Levels)+1))
	r.table, r.keys = next.At(0, width), next.At(aligned(width), width*(len(x.Levels)+1))
	r.answer, r.blank = make([]uint32, r.states.Len()), make([]uint32, r.states.Len())
	cpu.StoreBeam(r.blank, 0, cpu.Beam{Hi: uint32(r.items)})
	var rec compute.Recording
	rec.UploadUints(r.trie, words)
	return r, dev.Run(ctx, &rec)
}

// pack appends the column to words and says how many bits a code has.
func (c Column) pack(words []uint32) ([]uint32, uint32) {
	at := len(words)
	if c.Words != nil {
		words = append(words, make([]uint32, (len(c.Words)+1)/2)...)
		for i, t := range c.Words {
			words[at+i/2] |= uint32(t) << (i % 2 * 16)
		}
		return words, 16
	}
	words = append(words, make([]uint32, (len(c.Bytes)+3)/4)...)
	for i, t := range c.Bytes {
		words[at+i/4] |= uint32(t) << (i % 4 * 8)
	}
	return words, 8
}

// Begin records what a query uploads. Its memory is read when the recording runs.
func (r *Recorder) Begin(rec *compute.Recording, q Query) error {
	if q.Width < 1 || q.Width > r.width {
		return fmt.Errorf("beam: %d beams where %d have room", q.Width, r.width)
	}
	r.rows = append(r.rows[:0], 1)
	for l, v := range r.levels {
		r.rows = append(r.rows, min(q.Width, r.rows[l]*v, r.items))
	}
	rec.UploadUints(r.states, r.blank) // so that no answer is an earlier query's
	r.expand = cpu.ExpandParams{Path: float32(q.Path)}
	if q.Prior != nil {
		r.expand.Prior = uint32(q.Prior.maxima())
		if r.prior.Len() == 0 {
			r.prior = r.dev.Floats(len(q.Prior.values))
		}
		rec.UploadFloats(r.prior, q.Prior.values)
	}
	if q.Allowed != nil {
		r.set = r.set[:0]
		for _, w := range q.Allowed {
			r.set = append(r.set, uint32(w), uint32(w>>32))
		}
		r.expand.Allowed = uint32(len(r.set))
		r.set = append(r.set, q.Ranks...)
		if r.allowed.Len() == 0 {
			r.allowed = r.dev.Uints(len(r.set))
		}
		rec.UploadUints(r.allowed, r.set)
	}
	return nil
}

// Rows is how many beams a level has, existing or not.
func (r *Recorder) Rows(level int) int { return r.rows[level] }

// Next is what the decoder needs at a level: for each beam the row of the code
// table that it wrote last, where the code t of level l has row 1 + t + the codes
// of the levels before, and the rows of the cache of its ancestors and itself,
// [Rows, level+1], where beam b of level l has row l*cache + b.
func (r *Recorder) Next(level int) (table, keys compute.Buffer) {
	if level == 0 {
		return r.trie.At(0, 1), r.trie.At(0, 1)
	}
	return r.table, r.keys
}

// Step records how the beams of a level, with the logits of their next codes
// [Rows, V], become those of the next one. The cache has that many rows a level.
func (r *Recorder) Step(rec *compute.Recording, level int, logits compute.Buffer, cache int) {
	v := r.levels[level]
	p := r.expand
	p.Rows, p.Codes, p.Keep, p.Bits = uint32(r.rows[level]), uint32(v), uint32(min(r.rows[level+1], v)), r.bits[level]
	var allowed, prior compute.Buffer
	if p.Allowed > 0 {
		allowed = r.allowed
	}
	if p.Prior > 0 {
		prior = r.prior
	}
	beams := r.states.At(level*r.stride*cpu.BeamWords, r.stride*cpu.BeamWords)
	rec.Dispatch(shaders.Expand, cpu.Pack(p), beams, r.columns[level], allowed, prior, logits, r.scratch, r.children)
	first := 1
	for _, v := range r.levels[:level] {
		first += v
	}
	rec.Dispatch(shaders.Select, cpu.Pack(cpu.SelectParams{
		Rows: p.Rows, Keep: p.Keep, Next: uint32(r.rows[level+1]), Level: uint32(level),
		First: uint32(first), Width: uint32(cache), Stride: uint32(r.stride),
	}), r.children, r.states, r.table, r.keys)
}

// Download records the download of the beams of all levels, for Paths.
func (r *Recorder) Download(rec *compute.Recording) { rec.DownloadUints(r.states, r.answer) }
