package film

import (
	"bytes"
	"image/gif"
	"testing"
)

// Every film has its words, moves, loops and stays small.
func TestAll(t *testing.T) {
	all := All()
	if len(all) < 80 {
		t.Errorf("%d films, want at least 80", len(all))
	}
	seen := map[string]bool{}
	for i, f := range all {
		if seen[f.ID] {
			t.Errorf("%s: twice", f.ID)
		}
		seen[f.ID] = true
		if len(f.Captions) < 3 || len(f.Keywords) < 3 || f.Group == "" {
			t.Errorf("%s: %d captions, %d keywords, group %q", f.ID, len(f.Captions), len(f.Keywords), f.Group)
		}
		if testing.Short() && i%8 != 0 {
			continue
		}
		b, err := f.GIF()
		if err != nil {
			t.Errorf("%s: %v", f.ID, err)
			continue
		}
		g, err := gif.DecodeAll(bytes.NewReader(b))
		if err != nil {
			t.Errorf("%s: %v", f.ID, err)
			continue
		}
		if len(b) > 150<<10 || len(g.Image) != f.frames || g.Config.Width != Size || g.LoopCount != 0 {
			t.Errorf("%s: %d bytes, %d frames of width %d, loop count %d", f.ID, len(b), len(g.Image), g.Config.Width, g.LoopCount)
		}
		still := true
		for _, m := range g.Image[1:] {
			still = still && bytes.Equal(m.Pix, g.Image[0].Pix)
		}
		if still {
			t.Errorf("%s: does not move", f.ID)
		}
	}
}

func TestGIFIsDeterministic(t *testing.T) {
	f := All()[3]
	a, _ := f.GIF()
	b, _ := f.GIF()
	if len(a) == 0 || !bytes.Equal(a, b) {
		t.Errorf("%s differs between two runs", f.ID)
	}
}
