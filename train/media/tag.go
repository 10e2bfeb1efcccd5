package media

import (
	"slices"
	"strings"
	"unicode"
)

// tag puts a value that a file's own tags hold in its place: what cameras and
// programs write of themselves says nothing.
func (k *known) tag(field, value string) {
	value = strings.Join(strings.Fields(strings.ToValidUTF8(strings.ReplaceAll(value, "\x00", " "), " ")), " ")
	if value == "" || field == "" || len(value) > maxTag || machineMade(value) {
		return
	}
	switch field {
	case "title":
		if k.title == "" {
			k.title = value
		} else if k.title != value {
			k.captions = append(k.captions, value)
		}
	case "caption":
		k.captions = append(k.captions, value)
	case "keyword":
		k.keywords = append(k.keywords, strings.FieldsFunc(value, func(r rune) bool { return r == ';' || r == '|' })...)
	case "keywords":
		k.keywords = append(k.keywords, strings.FieldsFunc(value, func(r rune) bool { return r == ';' || r == '|' || r == ',' })...)
	case "path": // animal|dog|terrier
		k.keywords = append(k.keywords, strings.FieldsFunc(value, func(r rune) bool { return r == '|' || r == '/' })...)
	case "date":
		if year := yearOf(value); year != "" {
			k.mean("year", year)
		}
	default: // artist, album, genre: searched for and filtered by
		k.keywords = append(k.keywords, value)
		k.mean(field, value)
	}
}

// mean notes metadata; what came first stands.
func (k *known) mean(key, value string) {
	if k.meta == nil {
		k.meta = map[string]string{}
	}
	if _, ok := k.meta[key]; !ok {
		k.meta[key] = value
	}
}

// maxTag bounds a value of a file's own tags, in bytes.
const maxTag = 8 << 10

// yearOf takes the year from the beginning of a date.
func yearOf(date string) string {
	if len(date) < 4 || date[:4] < "1800" || date[:4] >= "2200" || strings.Trim(date[:4], "0123456789") != "" {
		return ""
	}
	return date[:4]
}

// machineMade are what cameras and programs write where a person's words belong.
func machineMade(value string) bool {
	v := strings.ToLower(value)
	for _, s := range []string{
		"digital camera", "sony dsc", "samsung camera", "exif_jpeg", "dcim", "camera pictures", "creator: gd-jpeg", "created with gimp", "created with inkscape",
		"optimized by", "processed with", "lavc", "lavf", "libvorbis", "adobe photoshop", "file source", "untitled", "screenshot", "unknown artist", "unknown album",
	} {
		if strings.Contains(v, s) && len(v) < len(s)+24 {
			return true
		}
	}
	return slices.Contains([]string{"default", "ascii", "unicode", "oplus_0", "binary comment", "track", "other", "unknown"}, v) ||
		strings.HasPrefix(v, "http://") || strings.HasPrefix(v, "https://") || !strings.ContainsFunc(v, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}
