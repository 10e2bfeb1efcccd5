package feature

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
)

// each calls f for every i below n, on so many threads, and tells progress, unless
// it is nil, of each call that has ended. After the first error, which it returns,
// or the end of ctx no further call is made.
func each(ctx context.Context, n, threads int, progress func(done, total int), f func(i int) error) error {
	g, inner := errgroup.WithContext(ctx)
	g.SetLimit(max(threads, 1))
	var mu sync.Mutex // guards done and progress
	done := 0
	for i := 0; i < n && inner.Err() == nil; i++ {
		g.Go(func() error {
			err := f(i)
			mu.Lock()
			defer mu.Unlock()
			if done++; progress != nil {
				progress(done, n)
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return ctx.Err()
}
