package serve

import (
	"io/fs"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// encodings are the compressed forms that may lie beside a file, best first.
var encodings = []struct{ name, ext string }{{"br", ".br"}, {"gzip", ".gz"}}

// stale is by how much a compressed form may be older than its file: copies of a
// site are not made in the order in which it was. A form that is older still is of
// what the file was before somebody changed it.
const stale = time.Minute

// compressed opens the best compressed form of a file that the client accepts, and
// tells caches that the answer depends on that. It is nil when there is none.
func (h handler) compressed(name string, file fs.FileInfo, w http.ResponseWriter, r *http.Request) (string, fs.File, fs.FileInfo) {
	accepted := r.Header.Values("Accept-Encoding")
	for _, e := range encodings {
		f, info, err := h.open(name + e.ext)
		if err != nil {
			continue
		}
		if info.ModTime().Before(file.ModTime().Add(-stale)) {
			f.Close()
			continue
		}
		w.Header().Set("Vary", "Accept-Encoding")
		if info.Mode().IsRegular() && accepts(accepted, e.name) {
			return e.name, f, info
		}
		f.Close()
	}
	return "", nil, nil
}

// accepts reports whether Accept-Encoding names an encoding and does not refuse
// it (RFC 9110, section 12.5.3). "*" is not taken as a wish.
func accepts(values []string, encoding string) bool {
	for part := range strings.SplitSeq(strings.Join(values, ","), ",") {
		name, params, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(name), encoding) {
			continue
		}
		key, q, ok := strings.Cut(strings.TrimSpace(params), "=")
		if !ok || !strings.EqualFold(strings.TrimSpace(key), "q") {
			return true
		}
		weight, err := strconv.ParseFloat(strings.TrimSpace(q), 64)
		return err == nil && weight > 0
	}
	return false
}
