package media

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// captionTables reads every captions.csv and captions.jsonl of a folder. The
// files that they name are relative to the folder that they lie in; the
// result is by path relative to root.
func captionTables(root string, files []string) (map[string]known, error) {
	all := map[string]known{}
	for _, file := range files {
		var parse func(io.Reader, string, func(string, known) error) error
		switch path.Base(file) {
		case "captions.csv":
			parse = parseCaptionsCSV
		case "captions.jsonl":
			parse = parseCaptionsJSONL
		default:
			continue
		}
		table := filepath.Join(root, filepath.FromSlash(file))
		r, err := os.Open(table)
		if err != nil {
			return nil, err
		}
		err = parse(r, table, func(name string, k known) error {
			rel, err := relative(name)
			if err != nil {
				return err
			}
			rel = path.Join(path.Dir(file), rel)
			old := all[rel]
			old.join(k)
			all[rel] = old
			return nil
		})
		r.Close()
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// fileColumns are the names under which a table gives the file.
var fileColumns = []string{"file", "filename", "file_name", "path", "image", "audio", "video"}

// parseCaptionsCSV reads a table with a heading: one column names the file,
// others are captions, keywords (separated by , ; or |), title, url or
// modality, and the rest is metadata. Without a heading the first column is
// the file and the others are captions. A file may have several rows.
func parseCaptionsCSV(r io.Reader, name string, each func(string, known) error) error {
	c := csv.NewReader(r)
	c.FieldsPerRecord = -1
	c.ReuseRecord = true
	var heading []string
	at := 0 // the file's column
	for first := true; ; first = false {
		row, err := c.Read()
		if err == io.EOF {
			return nil
		}
		var p *csv.ParseError
		if errors.As(err, &p) {
			return fmt.Errorf("%s:%d: %w", name, p.Line, p.Err)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		line, _ := c.FieldPos(0)
		if first {
			row[0] = strings.TrimPrefix(row[0], "\ufeff")
			at = slices.IndexFunc(row, func(h string) bool { return slices.Contains(fileColumns, strings.ToLower(strings.TrimSpace(h))) })
			if at >= 0 {
				heading = slices.Clone(row)
				continue
			}
			at = 0
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
				k.field(strings.TrimSpace(heading[i]), v)
			default:
				return fmt.Errorf("%s:%d: the row has %d fields, the heading %d", name, line, len(row), len(heading))
			}
		}
		if err := each(strings.TrimSpace(row[at]), k); err != nil {
			return fmt.Errorf("%s:%d: %w", name, line, err)
		}
	}
}

// parseCaptionsJSONL reads one JSON object a line: file and the fields of a sidecar.
func parseCaptionsJSONL(r io.Reader, name string, each func(string, known) error) error {
	return eachLine(r, name, func(line int, b []byte) error {
		k, err := parseSidecar(b)
		if err != nil {
			return err
		}
		var v struct {
			File string `json:"file"`
		}
		if err := json.Unmarshal(b, &v); err != nil {
			return badJSON(err)
		}
		k.source = fmt.Sprintf("%s:%d", name, line)
		return each(v.File, k)
	})
}
