package media

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// parseTable reads a table with a heading: one column names the file, others
// are captions, keywords (separated by , ; or |), title, url or modality, and
// the rest is metadata. Without a heading the first column is the file and the
// others are captions. A file may have several rows. Comma 0: the first line tells.
func parseTable(in io.Reader, name string, comma rune, exists func(string) bool, o Options, each func(string, known) error) error {
	r := bufio.NewReaderSize(in, 64<<10)
	if comma == 0 {
		comma = guessComma(r)
	}
	c := csv.NewReader(r)
	c.Comma, c.FieldsPerRecord, c.LazyQuotes = comma, -1, comma == '\t'
	rows := make([][]string, 0, guessRows)
	lines := make([]int, 0, guessRows)
	read := func() ([]string, int, error) {
		row, err := c.Read()
		var p *csv.ParseError
		if errors.As(err, &p) {
			return nil, 0, fmt.Errorf("%s:%d: %w", name, p.Line, p.Err)
		}
		if err != nil {
			return nil, 0, err
		}
		line, _ := c.FieldPos(0)
		return row, line, nil
	}
	for len(rows) < guessRows {
		row, line, err := read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		rows, lines = append(rows, row), append(lines, line)
	}
	if len(rows) == 0 {
		return nil
	}
	rows[0][0] = strings.TrimPrefix(rows[0][0], "\ufeff")
	heading, at, err := tableHeading(rows, exists, o)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if heading != nil {
		rows, lines = rows[1:], lines[1:]
	}
	for i := 0; ; i++ {
		var row []string
		var line int
		if i < len(rows) {
			row, line = rows[i], lines[i]
		} else if row, line, err = read(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		if at >= len(row) || strings.TrimSpace(row[at]) == "" {
			return fmt.Errorf("%s:%d: the row names no file", name, line)
		}
		k := known{source: fmt.Sprintf("%s:%d", name, line)}
		for i, v := range row {
			switch {
			case i == at:
			case heading == nil:
				k.field("caption", v)
			case i < len(heading):
				o.put(&k, strings.TrimSpace(heading[i]), v)
			default:
				return fmt.Errorf("%s:%d: the row has %d fields, the heading %d", name, line, len(row), len(heading))
			}
		}
		if err := each(filepath.ToSlash(strings.TrimSpace(row[at])), k); err != nil {
			return fmt.Errorf("%s:%d: %w", name, line, err)
		}
	}
}

// guessRows is how many rows are looked at to tell which column is the file's.
const guessRows = 20

// tableHeading finds the heading, nil if there is none, and the file's column.
func tableHeading(rows [][]string, exists func(string) bool, o Options) (heading []string, at int, err error) {
	at = slices.IndexFunc(rows[0], func(h string) bool { return o.isFile(strings.TrimSpace(h)) })
	if at >= 0 {
		return rows[0], at, nil
	}
	if c, ok := o.Columns["file"]; ok {
		return nil, 0, fmt.Errorf("no column is called %q", c)
	}
	isFile := func(row []string, i int) bool {
		return i < len(row) && strings.TrimSpace(row[i]) != "" && exists(filepath.ToSlash(strings.TrimSpace(row[i])))
	}
	best, most := 0, 0
	for i := range rows[0] {
		n := 0
		for _, row := range rows[1:] {
			if isFile(row, i) {
				n++
			}
		}
		if n > most {
			best, most = i, n
		}
	}
	if most > 0 && !isFile(rows[0], best) {
		return rows[0], best, nil
	}
	return nil, best, nil
}

// guessComma takes what the first line has most of.
func guessComma(r *bufio.Reader) rune {
	head, _ := r.Peek(64 << 10)
	line, _, _ := bytes.Cut(head, []byte("\n"))
	best := ','
	for _, c := range []rune{';', '\t'} {
		if strings.Count(string(line), string(c)) > strings.Count(string(line), string(best)) {
			best = c
		}
	}
	return best
}
