package assets

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"ace/core/bundle"
	"ace/core/sense"
	"ace/core/text"
)

func base(t *testing.T) *sense.Table {
	t.Helper()
	ctx := context.Background()
	c, err := bundle.OpenBytes(ctx, Base())
	if err != nil {
		t.Fatal(err)
	}
	if c.Kind() != bundle.Base {
		t.Errorf("a container of kind %s", c.Kind())
	}
	table, err := sense.Read(ctx, c, BaseSection)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// Every word of the table is what text.Words makes of it, so it can be found.
func TestBaseWordsAreFound(t *testing.T) {
	table := base(t)
	for r := range table.Len() {
		w := table.Word(r)
		if words := text.Words(w); len(words) != 1 || words[0] != w {
			t.Errorf("row %d is %q, which a text holds as %q", r, w, words)
		}
		if row, ok := table.Find(w); !ok || row != r {
			t.Errorf("%q is found in row %d, not %d", w, row, r)
		}
	}
}

// What is embedded is what README describes.
func TestBaseSum(t *testing.T) {
	readme, err := os.ReadFile("base/README")
	if err != nil {
		t.Fatal(err)
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256(Base())); !strings.Contains(string(readme), sum) {
		t.Errorf("base/README does not name the sha256 of words.bin, %s", sum)
	}
}

// related are words that anybody would put together: synonyms, kinds, parts,
// what belongs to the same place or trade.
var related = [][2]string{
	{"rucksack", "backpack"}, {"car", "automobile"}, {"dog", "puppy"}, {"cat", "kitten"}, {"happy", "joyful"},
	{"sad", "unhappy"}, {"doctor", "physician"}, {"boat", "ship"}, {"sofa", "couch"}, {"film", "movie"},
	{"rain", "storm"}, {"snow", "ice"}, {"apple", "pear"}, {"violin", "cello"}, {"drum", "percussion"},
	{"bread", "loaf"}, {"knife", "blade"}, {"forest", "woods"}, {"hill", "mountain"}, {"river", "stream"},
	{"king", "queen"}, {"teacher", "pupil"}, {"laugh", "giggle"}, {"cry", "weep"}, {"angry", "furious"},
	{"fast", "quick"}, {"big", "large"}, {"tiny", "small"}, {"begin", "start"}, {"shut", "close"},
	{"trousers", "pants"}, {"hat", "cap"}, {"coat", "jacket"}, {"bee", "wasp"}, {"shark", "fish"},
	{"horse", "pony"}, {"lamp", "lantern"}, {"money", "cash"}, {"letter", "envelope"}, {"phone", "telephone"},
	{"train", "railway"}, {"plane", "aircraft"}, {"soldier", "army"}, {"thief", "burglar"}, {"hammer", "nail"},
	{"oven", "kitchen"}, {"pillow", "bed"}, {"tooth", "dentist"}, {"planet", "orbit"}, {"grave", "cemetery"},
}

// The table puts related words together: for most pairs the second word is the
// nearest to the first of all second words, and the ranks of the right ones sum
// to less than a tenth of what any of a thousand shufflings of the pairs gives.
func TestBaseRelatedWordsAreNear(t *testing.T) {
	table := base(t)
	vector := func(w string) []float32 {
		row, ok := table.Find(w)
		if !ok {
			t.Fatalf("%q is not in the table", w)
		}
		x := make([]float32, table.Dim())
		table.Vector(row, x)
		return x
	}
	n := len(related)
	rank := make([][]int, n) // of each second word, by nearness to each first
	for i, p := range related {
		near, x := make([]float32, n), vector(p[0])
		for j, q := range related {
			for d, v := range vector(q[1]) {
				near[j] += x[d] * v
			}
		}
		rank[i] = make([]int, n)
		for j := range n {
			for _, v := range near {
				if v > near[j] {
					rank[i][j]++
				}
			}
		}
	}
	sum, first := 0, 0
	for i := range n {
		sum += rank[i][i]
		if rank[i][i] == 0 {
			first++
		} else {
			t.Logf("%s is rank %d of %s", related[i][1], rank[i][i], related[i][0])
		}
	}
	if first <= n/2 {
		t.Errorf("of %d pairs, only %d are nearest", n, first)
	}
	rng := rand.New(rand.NewPCG(1, 2))
	least := n * n
	for range 1000 {
		shuffled := 0
		for i, j := range rng.Perm(n) {
			shuffled += rank[i][j]
		}
		least = min(least, shuffled)
	}
	if least <= 10*sum {
		t.Errorf("the pairs' ranks sum to %d, those of shuffled pairs to %d", sum, least)
	}
	t.Logf("%d of %d pairs are nearest; ranks sum to %d, of 1000 shufflings at least %d", first, n, sum, least)
}
