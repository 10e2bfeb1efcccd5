package media

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// A plane is shrunk to the rounded means of its blocks, whatever its size.
func TestShrinkPlane(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	for _, c := range []struct{ width, height, kx, ky int }{{64, 8, 2, 2}, {37, 11, 3, 4}, {129, 30, 6, 6}, {5, 5, 7, 9}, {40, 600, 8, 299}, {1, 1, 1, 1}, {23, 9, 1, 2}} {
		stride := c.width + 3
		pix := make([]byte, stride*c.height)
		for i := range pix {
			pix[i] = byte(rng.IntN(256)) | byte(rng.IntN(2)*255)
		}
		var want []byte
		for y := 0; y < c.height; y += c.ky {
			for x := 0; x < c.width; x += c.kx {
				sum, n := 0, 0
				for v := y; v < min(y+c.ky, c.height); v++ {
					for u := x; u < min(x+c.kx, c.width); u++ {
						sum, n = sum+int(pix[v*stride+u]), n+1
					}
				}
				want = append(want, byte((sum+n/2)/n))
			}
		}
		if got := shrinkPlane(pix, stride, c.width, c.height, c.kx, c.ky); !bytes.Equal(got, want) {
			t.Errorf("%+v: %v, want %v", c, got, want)
		}
	}
}
