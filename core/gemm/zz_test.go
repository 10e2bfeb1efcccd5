package gemm
import ("testing";"fmt";"math/rand/v2")
func BenchmarkZGrid(b *testing.B) {
  eachKernelBenchmark(b, func(b *testing.B) {
	if current==portable {return}
	for _, tB := range []bool{true,false} {
	for _, s := range [][2]int{{256,256},{512,256},{1024,256},{256,1024},{512,512},{1024,1024}} {
	for _, m := range []int{1,2,4,6,10,12,20,32} {
		b.Run(fmt.Sprintf("%v/%dx%d/%d/true", map[bool]string{true:"T",false:"N"}[tB], s[0], s[1], m), func(b *testing.B) {
		r := rand.New(rand.NewPCG(1, 2))
		n,k := s[0],s[1]
		x, z := newMatrix(m, k, k), newMatrix(m, n, n)
		x.fill(reals(r))
		f := form{tB:tB}
		cnt := 4000000/(n*k)
		var ys []matrix
		for range cnt {
			y := newMatrix(k, n, n)
			y.fill(reals(r))
			_, y = f.stored(x,y,0)
			ys = append(ys, y)
		}
		i := 0
		speed := 2e-9 * float64(m*n*k*cnt) / fastest(b, func() { for range ys { mulMatrix(f, m, n, k, x, ys[i], z); i = (i+1)%cnt }})
		b.ReportMetric(speed, "GFLOP/s")
		})
	}}}
  })
}
