package report

import (
	"bytes"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
)

// Cluster is the items that have one coarse code, with a few of them to look at.
type Cluster struct {
	Code    int
	Items   int
	Words   []string // that tell it from the others, the most telling first
	Samples []Sample
}

// Sample is one item of a contact sheet.
type Sample struct {
	Name    string
	Kind    string
	Picture []byte    // JPEG or PNG; nil: none
	Peaks   []float32 // of a sound, 0 to 1
}

// Chart is a picture in SVG and what it shows.
type Chart struct {
	Name string
	SVG  []byte
}

// ClustersFile is what the page is called beside report.md, which links to it.
const ClustersFile = "report.html"

//go:embed clusters.html
var clustersPage string

var clustersTemplate = template.Must(template.New("clusters").Funcs(template.FuncMap{
	"picture": func(b []byte) template.URL {
		kind := "jpeg"
		if bytes.HasPrefix(b, []byte("\x89PNG")) {
			kind = "png"
		}
		return dataURL("image/"+kind, b)
	},
	"chart": func(b []byte) template.URL { return dataURL("image/svg+xml", b) },
	"wave":  wavePath,
	"join":  func(words []string) string { return strings.Join(words, ", ") },
}).Parse(clustersPage))

func dataURL(kind string, b []byte) template.URL {
	return template.URL("data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(b))
}

// wavePath draws peaks as an SVG path in a box of 120 by 90, one stroke a peak.
func wavePath(peaks []float32) string {
	var b strings.Builder
	for i, p := range peaks {
		x := (float64(i) + 0.5) * 120 / float64(len(peaks))
		h := max(0.5, 42*float64(min(p, 1)))
		fmt.Fprintf(&b, "M%.1f %.1fV%.1f", x, 45-h, 45+h)
	}
	return b.String()
}

// Clusters writes a page, whole in one file and without scripts, that shows what
// the coarse codes mean: contact sheets of the clusters, below the summary, if
// there is one, and the charts.
func Clusters(w io.Writer, c *Collection, s *Summary, charts []Chart, clusters []Cluster) error {
	title := c.Title
	if title == "" {
		title = "The collection"
	}
	var rows [][2]string
	if s != nil {
		rows = s.rows()
	}
	return clustersTemplate.Execute(w, map[string]any{"Title": title, "Rows": rows, "Charts": charts, "Clusters": clusters})
}
