package bundle

import (
	"strings"
	"testing"
)

func TestCheckJSON(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	for text, want := range map[string]string{
		`{"a":"é\"[[[","b":[1,{}]}`:               "",
		deep(MaxDepth):                            "",
		deep(MaxDepth + 1):                        "nested deeper than 32",
		strings.Repeat("[", 1<<20):                "nested deeper than 32",
		`{"a":"` + strings.Repeat("[", 99) + `"}`: "",
		"{\"a\":\"\xff\"}":                        "not valid UTF-8",
		`{}{}`:                                    "not valid JSON",
		`]]]{"a":1}`:                              "not valid JSON",
		`"a`:                                      "not valid JSON",
		``:                                        "not valid JSON",
	} {
		err := CheckJSON([]byte(text))
		if (err == nil) != (want == "") || err != nil && err.Error() != want {
			t.Errorf("%.60q: %v, want %q", text, err, want)
		}
	}
}
