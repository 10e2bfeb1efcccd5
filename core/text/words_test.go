package text

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestWords(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"A dog's ball, on the Beach .", []string{"a", "dogs", "ball", "on", "the", "beach"}},
		{"five o’clock", []string{"five", "oclock"}},
		{"Baseballmütze STRASSE straße", []string{"baseballmutze", "strasse", "strasse"}},
		{"casquette américaine", []string{"casquette", "americaine"}},
		{"ame\u0301ricaine", []string{"americaine"}},
		{"бейсболка", []string{"беисболка"}},
		{"鸭舌帽", []string{"鸭", "舌", "帽"}},
		{"ネコの写真", []string{"ネコ", "の", "写", "真"}},
		{"か\u3099き", []string{"がき"}},
		{"ｶﾞﾗｽ ＡＢＣ", []string{"ガラス", "abc"}},
		{"야구모자", []string{"야구모자"}},
		{"\u1112\u1161\u11ab", []string{"한"}},
		{"قبعة رياضية", []string{"قبعة", "رياضية"}},
		{"बिल कैप", []string{"बिल", "कैप"}},
		{"swiss-cheese_x2", []string{"swiss", "cheese", "x2"}},
		{"!!", []string{"!!"}},
		{"hi!", []string{"hi"}},
		{"👍🏽 ok", []string{"👍", "ok"}},
		{"100 € + $5", []string{"100", "€", "+", "$", "5"}},
		{"\xff\xfe", nil},
	} {
		if got := Words(c.in); !reflect.DeepEqual(got, c.want) {
			t.Errorf("Words(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzWords(f *testing.F) {
	for _, s := range []string{"a b", "か\u3099", "\u1112\u1161\u11ab", "!?", "\xff", strings.Repeat("é", 9000)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, w := range Words(s) {
			if w == "" || !utf8.ValidString(w) {
				t.Fatalf("Words(%q) holds %q", s, w)
			}
			if strings.ContainsAny(w, " \t\n") {
				t.Fatalf("Words(%q) holds a space: %q", s, w)
			}
		}
	})
}
