package media

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Bounds of a table, in bytes. JSON is read as a whole.
const (
	maxTable     = 256 << 20
	maxTableJSON = 32 << 20
)

// fileColumns are the names under which a table gives the file.
var fileColumns = []string{"file", "filename", "file_name", "file name", "path", "filepath", "image", "audio", "video", "media", "src", "datei", "dateiname", "bild", "fichier", "archivo"}

// Fields are what Options.Columns may name.
var Fields = []string{"file", "caption", "keywords", "title", "url", "modality"}

func (o *Options) check() error {
	for field := range o.Columns {
		if !slices.Contains(Fields, field) {
			return fmt.Errorf("unknown field %q of a table: want one of %s", field, strings.Join(Fields, ", "))
		}
	}
	return nil
}

// isFile says whether a heading is that of the file's column.
func (o *Options) isFile(heading string) bool {
	if c, ok := o.Columns["file"]; ok {
		return strings.EqualFold(c, heading)
	}
	return slices.Contains(fileColumns, strings.ToLower(heading))
}

// put fills what a column stands for.
func (o *Options) put(k *known, heading, value string) {
	for field, c := range o.Columns {
		if strings.EqualFold(c, heading) {
			if value = strings.TrimSpace(value); value != "" {
				k.put(field, value, true)
			}
			return
		}
	}
	k.field(heading, value)
}

// isTable says whether a file's name is that of a table.
func isTable(file string) bool {
	switch strings.ToLower(path.Ext(filepath.ToSlash(file))) {
	case ".csv", ".tsv", ".json":
		return true
	}
	return false
}

// readTable calls each with the files that a table names, relative to the
// table's folder, and what is known about them. A column whose heading is not
// ours is the file's if its first values are files that exist.
func readTable(table, name string, exists func(string) bool, o Options, each func(string, known) error) error {
	f, err := os.Open(table)
	if err != nil {
		return err
	}
	defer f.Close()
	most := int64(maxTable)
	if strings.EqualFold(filepath.Ext(table), ".json") {
		most = maxTableJSON
	}
	if info, err := f.Stat(); err != nil {
		return err
	} else if info.Size() > most {
		return fmt.Errorf("%s: a table of at most %d bytes is read", name, most)
	}
	switch strings.ToLower(filepath.Ext(table)) {
	case ".jsonl", ".ndjson":
		return parseTableLines(f, name, o, each)
	case ".json":
		return parseTableJSON(f, name, o, each)
	case ".tsv":
		return parseTable(f, name, '\t', exists, o, each)
	}
	return parseTable(f, name, 0, exists, o, each)
}

// folderTables reads the tables of a folder: every captions.csv, .tsv, .json and
// .jsonl, which must be good, and other tables as far as they name media that
// are there. The result is by path relative to root.
func folderTables(root string, files []string, exists map[string]bool, o Options) (map[string][]known, error) {
	all := map[string][]known{}
	beside := map[string]bool{} // names of media, with and without extension
	for _, file := range files {
		if _, ok := formatOf(file); ok {
			beside[file], beside[strings.TrimSuffix(file, path.Ext(file))] = true, true
		}
	}
	for _, file := range files {
		if beside[strings.TrimSuffix(file, path.Ext(file))] {
			continue // a sidecar
		}
		strict := strings.TrimSuffix(path.Base(file), path.Ext(file)) == "captions"
		if !isTable(file) && !(strict && strings.EqualFold(path.Ext(file), ".jsonl")) {
			continue
		}
		dir := path.Dir(file)
		here := func(name string) bool { return exists[path.Join(dir, name)] }
		found := map[string][]known{}
		media := 0
		err := readTable(filepath.Join(root, filepath.FromSlash(file)), filepath.Join(root, filepath.FromSlash(file)), here, o, func(name string, k known) error {
			rel, err := relative(name)
			if err != nil {
				return err
			}
			rel = path.Join(dir, rel)
			if _, ok := formatOf(rel); ok && exists[rel] {
				media++
			}
			found[rel] = append(found[rel], k)
			return nil
		})
		if !strict && (err != nil || media == 0) {
			continue // a table of something else
		}
		if err != nil {
			return nil, err
		}
		for rel, k := range found {
			all[rel] = append(all[rel], k...)
		}
	}
	return all, nil
}

// loadTable makes a collection of the files that a table names, in its order.
func loadTable(table string, o Options) (*Collection, [][]known, error) {
	r := &reading{root: filepath.Dir(table), exists: map[string]bool{}, tables: map[string][]known{}}
	onDisk := func(name string) bool { return regular(filepath.Join(r.root, filepath.FromSlash(name))) }
	var media []string
	err := readTable(table, table, onDisk, o, func(name string, k known) error {
		file, err := relative(name)
		if err != nil {
			return err
		}
		if _, ok := r.tables[file]; !ok {
			media = append(media, file)
		}
		r.tables[file] = append(r.tables[file], k)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	seen := map[string]bool{}
	for _, file := range media { // what lies beside them
		dir := path.Dir(file)
		if seen[dir] {
			continue
		}
		seen[dir] = true
		entries, err := os.ReadDir(filepath.Join(r.root, filepath.FromSlash(dir)))
		if err != nil {
			continue // the file is named when it is looked at
		}
		for _, e := range entries {
			r.exists[path.Join(dir, e.Name())] = true
		}
	}
	return r.collect(media)
}
