package main

import "fmt"

func (p *writer) training() {
	var rows [][]string
	for _, r := range p.numbers {
		if r.Seed != 1 {
			continue
		}
		c := r.Report
		epochs, nearly := "", ""
		if n := len(c.Epochs); n > 0 {
			epochs = fmt.Sprint(c.Epochs[n-1].Epoch)
		}
		if s := c.Nearly(); s > 0 {
			nearly = clock(s)
		}
		rows = append(rows, []string{r.Run, fmt.Sprint(c.Texts), fmt.Sprint(c.Parameters), epochs, fmt.Sprint(c.Steps), fmt.Sprintf("%.0f", c.WordsPerSec), clock(c.Seconds), nearly,
			fmt.Sprintf("%.2f", c.Collisions), fmt.Sprintf("%.2f", c.Counted), fmt.Sprintf("%.1f", c.Recall)})
	}
	if !p.section("Training and identifiers", len(rows) > 0) {
		return
	}
	p.say("Seed 1. *95 %%* is the time until the R@10 of held-out texts reached 95 %% of that of the weights that were kept. Collisions\nare items, in percent, that share a code as the codebooks give it, and *counted* those that only a counter tells apart; recall@10 is how many of\nthe exact ten nearest vectors the quantised ones find.\n")
	p.table(1, []string{"run", "texts", "parameters", "epochs", "steps", "words/s", "time", "95 %", "collisions %", "counted %", "recall@10"}, rows)
	p.drawTraining()
}

func (p *writer) languages() {
	records := p.numbers.of(languagesRun)
	if !p.section("Languages", records.first(languageCodes[0]+" "+seen) != nil) {
		return
	}
	p.say("Emoji by their names in %d languages (Unicode CLDR). One name in %d was left out of the collection: *seen* questions are names that stand in it,\n*held out* are those that were left out, of items known by their names in other languages and half of their English keywords. R@1; the\ndifference is to English.\n", len(languageCodes), leftOut)
	who := []string{"ace hybrid", "ace pure"}
	english := 0.0
	var rows [][]string
	for _, l := range languageCodes {
		row := []string{l}
		for _, set := range []string{seen, heldOut} {
			exam := l + " " + set
			a := records.first(exam)
			if a == nil {
				row = append(row, "", "not measured", "")
				if set == seen {
					row = append(row, "")
				}
				continue
			}
			got := records.rows(exam, who[0])
			if len(got) == 0 {
				got = records.rows(exam, who[1])
			}
			row = append(row, fmt.Sprint(a.Questions), mean(got, r1))
			if set == seen && len(got) > 0 {
				v, _ := spread(values(got, r1))
				if l == languageCodes[0] {
					english = v
				}
				row = append(row, fmt.Sprintf("%+.1f", v-english))
			}
			row = append(row, mean(records.rows(exam, "bm25"), r1))
		}
		rows = append(rows, row)
	}
	p.table(1, []string{"language", "seen", "ace", "to en", "bm25", "held out", "ace", "bm25"}, rows)
}
