package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// run is a collection that is built, once for each seed, and the questions that
// are put to what was built. In flags and files, {shared}, {protocols} and {work}
// stand for folders of this machine.
type run struct {
	name  string
	items string
	flags []string // of ace build
	seeds []uint64
	exams []exam
}

// exam is questions and the ways in which they are put.
type exam struct {
	name      string
	queries   string
	strangers []string // protocols whose questions are to be refused
	asked     bool     // candidates are those items alone that some question asks for
	byKind    bool
	beams     []int    // nil: the default
	baselines []string // put beside the first seed
	dense     []string // further flags for the baseline dense
	first     bool     // for the first seed alone
}

const (
	photographs = "flickr8k_captioned" // where the curves and ablations are taken
	demoName    = "demo"
	// ablationEpochs are the epochs of every row of the ablations, and of every
	// length of the identifiers: unlike minutes, the same on a busy machine.
	ablationEpochs = "5"
	// usualBuild is about what a build takes on two cores that is given no time.
	usualBuild = 5 * time.Minute
)

var (
	three = []uint64{1, 2, 3}
	one   = []uint64{1}
	both  = []string{"bm25", "dense"}
)

// strangers are, by protocol, others that are about other things. Those that
// share photographs are none to each other, nor are emoji and the collection
// with animated ones; of the photographs' questions, one set is enough.
var strangers = map[string][]string{
	photographs:       {"emoji_keywords", "icons_keywords"},
	"flickr8k_unseen": {"emoji_keywords", "icons_keywords"},
	"emoji_keywords":  {photographs, "icons_keywords"},
	"icons_keywords":  {photographs, "emoji_keywords", "mixed"},
	"mixed":           {"icons_keywords"},
}

// plan is all that docs/results.md shows, in its order: about two hours of two
// cores.
func plan() []run {
	as := func(name string, r run) run {
		r.name = name
		return r
	}
	pool, beams, kind, unseen := allOf(photographs), allOf(photographs), allOf("mixed"), allOf("flickr8k_unseen")
	pool.name, pool.asked = "pool", true
	beams.name, beams.beams, beams.baselines, beams.first = "beam", []int{1, 2, 4, 8, 16, 32, 64}, nil, true
	kind.name, kind.byKind = "kind", true
	unseen.name, unseen.asked, unseen.strangers = "pool", true, strangers["flickr8k_unseen"]
	pixels := []string{"--features", "{shared}/features/flickr8k_dev_mobilenetv2.npy"}
	unseen.dense = append(slices.Clone(pixels), "--items", "{protocols}/flickr8k_unseen.items.jsonl")
	bare := allOf(photographs)
	bare.baselines = nil
	all := func(name string) exam {
		e := allOf(name)
		e.strangers = strangers[name]
		return e
	}

	runs := []run{
		protocolRun(photographs, timed(budgets[len(budgets)-1]), one, all(photographs), pool, beams),
		protocolRun("flickr8k_unseen", pixels, one, unseen),
		protocolRun("emoji_keywords", nil, three, all("emoji_keywords")),
		protocolRun("icons_keywords", nil, three, all("icons_keywords")),
		protocolRun("mixed", nil, three, all("mixed"), kind),
	}
	for _, budget := range budgets[:len(budgets)-1] { // the longest is the run above
		runs = append(runs, as(budgetRun(budget), protocolRun(photographs, timed(budget), one, bare)))
	}
	for _, a := range ablations {
		runs = append(runs, as(a.run, protocolRun(photographs, lasting(ablationEpochs, a.flags...), one, bare)))
	}
	for _, levels := range lengths {
		if levels != usualLevels {
			runs = append(runs, as(lengthRun(levels), protocolRun(photographs, lasting(ablationEpochs, "--levels", levels), one, bare)))
		}
	}
	languages := run{name: languagesRun, items: "{work}/languages/items.jsonl", seeds: one}
	for _, l := range languageCodes {
		for _, set := range []string{seen, heldOut} {
			languages.exams = append(languages.exams, exam{name: l + " " + set, queries: "{work}/languages/" + queriesFile(l, set), baselines: []string{"bm25"}})
		}
	}
	return append(runs, languages)
}

// allOf asks a protocol's questions of all of its collection.
func allOf(name string) exam {
	return exam{name: "all", queries: "{protocols}/" + name + ".queries.jsonl", baselines: both}
}

// protocolRun builds a protocol's collection.
func protocolRun(name string, flags []string, seeds []uint64, exams ...exam) run {
	return run{name, "{protocols}/" + name + ".items.jsonl", flags, seeds, exams}
}

// timed are flags of a build that is to end in time.
func timed(budget string, flags ...string) []string {
	return append([]string{"--time-budget", budget}, flags...)
}

// lasting are flags of a build of so many epochs.
func lasting(epochs string, flags ...string) []string {
	return append([]string{"--epochs", epochs}, flags...)
}

// budgets are the points of the curve over the time of a build.
var budgets = []string{"3m", "6m"}

func budgetRun(budget string) string {
	if budget == budgets[len(budgets)-1] {
		return photographs
	}
	return photographs + "-" + budget
}

// ablation is a row of the paper's table: arXiv 2406.17507, Flickr30K, R@1. The
// paper leaves R-Drop out in one row alone; here one row alone has it.
type ablation struct {
	run, what string
	flags     []string
	paper, to float64 // to: the paper's row that differs in this part alone
}

// ablationWhole is the run that leaves nothing out.
const ablationWhole = "ablation-none"

// The paper's rows with everything, and with everything but R-Drop.
const paperFull, paperPlain = 81.78, 81.64

var ablations = []ablation{
	{ablationWhole, "everything", nil, paperPlain, paperPlain},
	{"ablation-r-drop", "with R-Drop", []string{"--r-drop", "0.15"}, paperFull, paperPlain},
	{"ablation-no-fusion", "no fusion", []string{"--fusion", "none"}, 75.54, paperFull},
	{"ablation-no-rqvae", "no RQ-VAE: hierarchical K-Means", []string{"--method", "hkmeans"}, 76.22, paperFull},
	{"ablation-no-kmeans", "no K-Means: RQ-VAE alone, as many levels", []string{"--levels", "1," + usualLevels}, 79.50, paperFull},
}

// usualLevels are the codes of each level that ace chooses for the photographs.
const usualLevels = "88,128,256"

// lengths are codes of each level, of identifiers of two to four.
var lengths = []string{"128,512", usualLevels, "64,64,128,128"}

func lengthRun(levels string) string {
	if levels == usualLevels {
		return ablationWhole
	}
	return "length-" + strconv.Itoa(len(strings.Split(levels, ",")))
}

// demoRun stands in where there are no protocols.
func demoRun() run {
	return run{name: demoName, items: "{work}/demo/items.jsonl", flags: []string{"--size", "tiny", "--time-budget", "150s"}, seeds: one,
		exams: []exam{{name: "all", queries: "{work}/demo/queries.jsonl", baselines: both}}}
}

// ask is one call of ace eval.
type ask struct {
	exam  string
	flags []string
}

// asks are the calls of ace eval for the bundle of a seed. Each asks both modes.
func (r run) asks(seed uint64) []ask {
	var out []ask
	firstSeed := seed == r.seeds[0]
	for _, e := range r.exams {
		if e.first && !firstSeed {
			continue
		}
		beams := e.beams
		if beams == nil {
			beams = []int{0}
		}
		for _, beam := range beams {
			f := []string{"--queries", e.queries}
			if e.asked {
				f = append(f, "--pool", poolFile(e.queries))
			}
			for _, name := range e.strangers {
				f = append(f, "--strangers", "{protocols}/"+name+".queries.jsonl")
			}
			if e.byKind {
				f = append(f, "--by-kind")
			}
			if beam > 0 {
				f = append(f, "--beam", strconv.Itoa(beam))
			}
			if firstSeed && len(e.baselines) > 0 {
				f = append(append(f, "--baseline", strings.Join(e.baselines, ",")), e.dense...)
			}
			out = append(out, ask{e.name, f})
		}
	}
	return out
}

// poolFile is where the items that questions ask for are listed.
func poolFile(queries string) string {
	name := queries[strings.LastIndex(queries, "/")+1:]
	return "{work}/" + strings.TrimSuffix(name, ".queries.jsonl") + ".asked.txt"
}

// budget is the time that a run's build may take, or about takes where none is
// given.
func (r run) budget() time.Duration {
	for i, f := range r.flags {
		if f == "--time-budget" && i+1 < len(r.flags) {
			d, _ := time.ParseDuration(r.flags[i+1])
			return d
		}
	}
	return usualBuild
}

// choose gives the runs of the names, all of them for none.
func choose(runs []run, names []string) ([]run, error) {
	if len(names) == 0 {
		return runs, nil
	}
	var out []run
	for _, n := range names {
		i := slices.IndexFunc(runs, func(r run) bool { return r.name == n })
		if i < 0 {
			return nil, fmt.Errorf("the plan has no run %q", n)
		}
		out = append(out, runs[i])
	}
	return out, nil
}
