package main

import "fmt"

// sorts of questions, as ace eval names them and as the page does.
var sorts = [][2]string{
	{"own", "all are a right item's"},
	{"some", "some are"},
	{"others", "none is, but other items'"},
	{"new", "no item's"},
}

// words says which questions find their items: those whose words stand there, and
// those that need to be understood.
func (p *writer) words() {
	var rows [][]string
	for _, a := range p.shown() {
		got := map[string]system{}
		for _, who := range systems {
			if s := p.numbers.of(a.run).rows(a.exam, who); len(s) > 0 && len(s[0].ByWords) > 0 {
				got[who] = s[0]
			}
		}
		for _, sort := range sorts {
			var row []string
			for _, who := range systems {
				for _, b := range got[who].ByWords {
					if b.Words != sort[0] {
						continue
					}
					if row == nil {
						row = []string{p.label(a), sort[1], fmt.Sprint(b.Questions)}
					}
					row = append(row, fmt.Sprintf("%.1f", b.R1), fmt.Sprintf("%.1f", b.R10))
				}
			}
			if len(row) == 3+2*len(systems) {
				rows = append(rows, row)
			}
		}
	}
	if !p.section("Which questions find their items", len(rows) > 0) {
		return
	}
	p.say("By whose words a question has, whatever their endings; R@1 and R@10, seed 1. Whoever matches words can only answer the first two sorts.")
	p.say("*dense* ranks by exact vectors: what *ace pure* lacks to it is lost by the identifiers, or was not learnt.\n")
	head := []string{"protocol", "the question's words", "questions"}
	for _, who := range systems {
		head = append(head, who+" R@1", "R@10")
	}
	p.table(2, head, rows)
}
