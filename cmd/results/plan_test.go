package main

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// The plan can be carried out and told apart: names are unique, every call of
// ace eval is, and what the page looks for is there.
func TestPlan(t *testing.T) {
	runs := append(plan(), demoRun())
	names := map[string]bool{}
	var building time.Duration
	for _, r := range runs {
		if names[r.name] {
			t.Errorf("two runs are called %s", r.name)
		}
		names[r.name] = true
		if len(r.seeds) == 0 || len(slices.Compact(slices.Sorted(slices.Values(r.seeds)))) != len(r.seeds) {
			t.Errorf("%s has the seeds %v", r.name, r.seeds)
		}
		if r.budget() <= 0 {
			t.Errorf("%s takes %s by %v", r.name, r.budget(), r.flags)
		}
		building += time.Duration(len(r.seeds)) * r.budget()
		if len(r.exams) == 0 {
			t.Errorf("%s is asked nothing", r.name)
		}
		for _, seed := range r.seeds {
			calls := map[string]bool{}
			for _, q := range r.asks(seed) {
				call := strings.Join(append([]string{q.exam}, q.flags...), " ")
				if calls[call] {
					t.Errorf("%s, seed %d is asked twice: %s", r.name, seed, call)
				}
				calls[call] = true
				if has := slices.Contains(q.flags, "--baseline"); has && seed != r.seeds[0] {
					t.Errorf("%s, seed %d has the baselines again", r.name, seed)
				}
			}
			if len(calls) == 0 {
				t.Errorf("%s, seed %d is asked nothing", r.name, seed)
			}
		}
		for _, s := range append([]string{r.items}, r.flags...) {
			if strings.Contains(s, "/") && !strings.HasPrefix(s, "{") {
				t.Errorf("%s names a place of one machine: %s", r.name, s)
			}
		}
	}
	if building > 105*time.Minute {
		t.Errorf("the builds take %s: with the questions that is more than about two hours", building)
	}
	for _, b := range budgets {
		if !names[budgetRun(b)] {
			t.Errorf("no run is built in %s", b)
		}
	}
	for _, l := range lengths {
		if !names[lengthRun(l)] {
			t.Errorf("no run has the levels %s", l)
		}
	}
	paper := 0
	for _, a := range ablations {
		if !names[a.run] {
			t.Errorf("no run is called %s", a.run)
		}
		if a.paper > 0 {
			paper++
		}
	}
	if paper != 5 {
		t.Errorf("%d rows of the paper's five", paper)
	}
	for name, others := range strangers {
		if !names[name] || slices.Contains(others, name) {
			t.Errorf("strangers to %s: %v", name, others)
		}
		for _, o := range others {
			if !names[o] {
				t.Errorf("strangers to %s from %s, which is not built", name, o)
			}
		}
	}
	if len(languageCodes) != 21 || languageCodes[0] != "en" {
		t.Errorf("languages %v", languageCodes)
	}
}

// The pool is asked where it is wanted, and every beam.
func TestAsks(t *testing.T) {
	r := run{name: "x", seeds: []uint64{4, 5}, exams: []exam{
		{name: "pool", queries: "{protocols}/x.queries.jsonl", strangers: []string{"y", "z"}, asked: true, byKind: true, baselines: both, dense: []string{"--items", "i"}},
		{name: "beam", queries: "q", beams: []int{1, 2}, first: true},
	}}
	var got []string
	for _, seed := range r.seeds {
		for _, q := range r.asks(seed) {
			got = append(got, strings.Join(append([]string{q.exam}, q.flags...), " "))
		}
	}
	want := []string{
		"pool --queries {protocols}/x.queries.jsonl --pool {work}/x.asked.txt --strangers {protocols}/y.queries.jsonl --strangers {protocols}/z.queries.jsonl --by-kind --baseline bm25,dense --items i",
		"beam --queries q --beam 1",
		"beam --queries q --beam 2",
		"pool --queries {protocols}/x.queries.jsonl --pool {work}/x.asked.txt --strangers {protocols}/y.queries.jsonl --strangers {protocols}/z.queries.jsonl --by-kind",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestChoose(t *testing.T) {
	if _, err := choose(plan(), []string{"mixed", "nothing of the kind"}); err == nil {
		t.Error("a run that is not there was chosen")
	}
	got, err := choose(plan(), []string{"mixed"})
	if err != nil || len(got) != 1 || got[0].name != "mixed" {
		t.Errorf("%v, %v", got, err)
	}
}
