package identify

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Config says how identifiers are made. Default gives one that fits a
// collection; the zero value is not valid.
type Config struct {
	Method    Method  `json:"method"`
	Coarse    int     `json:"coarse"`    // clusters of the first token; 1: no coarse quantisation, the fine tokens carry all
	CapFactor float64 `json:"capFactor"` // largest cluster over the mean one, at least 1; 0: no cap
	Fine      []int   `json:"fine"`      // codes of each fine level, in order; small to large keeps prefixes reliable
	Repair    float64 `json:"repair"`    // how much squared error a collision may cost, in units of the mean squared error of an item; 0: none

	// Of the RQ-VAE alone.
	Hidden []int   `json:"hidden"` // widths of the encoder between D and Latent; the decoder mirrors them
	Latent int     `json:"latent"` // width of the codes
	Warm   int     `json:"warm"`   // epochs of the plain autoencoder before the codebooks start
	Epochs int     `json:"epochs"` // epochs with codebooks
	Batch  int     `json:"batch"`  // vectors a step
	Rate   float64 `json:"rate"`   // highest learning rate of AdamW
	Weight float64 `json:"weight"` // weight decay of AdamW
	Beta   float64 `json:"beta"`   // weight of the commitment loss
	Decay  float64 `json:"decay"`  // of the codebooks' moving averages, per step
	Dead   float64 `json:"dead"`   // a code used less than this share of the mean is re-seeded
	Align  float64 `json:"align"`  // weight of the contrast in the block of the text; 0: none
	Text   int     `json:"text"`   // width of that block, which comes first in a vector

	Seed    uint64 `json:"seed"`
	Threads int    `json:"-"` // 0: as many as there are cores; changes no result
}

// Default gives the configuration for n vectors of width d: about √n clusters,
// and fine levels that grow, two while those can tell the items apart, then three
// of a byte each.
func Default(n, d int) Config {
	root := math.Sqrt(float64(max(n, 1)))
	first := 8
	for first < 256 && float64(first) < 1.5*root {
		first *= 2
	}
	fine := []int{first, 2 * first}
	if n > 50_000 {
		fine = []int{256, 256, 256}
	}
	cfg := Config{
		Method:    RQVAE,
		Coarse:    min(max(8*int(math.Round(root/8)), 8), 512),
		CapFactor: 2,
		Fine:      fine,
		Repair:    2,
		Hidden:    []int{384},
		Latent:    min(max(d, 1), 64),
		Batch:     512,
		Rate:      0.006,
		Weight:    1e-4,
		Beta:      0.25,
		Decay:     0.97,
		Dead:      0.1,
		Seed:      1,
	}
	// About so many steps serve small collections and large ones alike.
	cfg.Epochs = min(max(1200*cfg.Batch/max(n, 1), 10), 300)
	cfg.Warm = max(cfg.Epochs/10, 1)
	return cfg
}

// check refuses what no collection can be identified with.
func (c *Config) check() error {
	const most = math.MaxUint16 + 1 // a core.Token counts no further
	positive := func(name string, v int) error {
		if v < 1 || v > most {
			return fmt.Errorf("identifiers: %s is %d, want 1 to %d", name, v, most)
		}
		return nil
	}
	if err := c.Method.check(); err != nil {
		return err
	}
	if err := positive("the number of coarse codes", c.Coarse); err != nil {
		return err
	}
	if len(c.Fine) == 0 {
		return fmt.Errorf("identifiers: no fine levels")
	}
	for l, v := range c.Fine {
		if err := positive(fmt.Sprintf("the number of codes of fine level %d", l+1), v); err != nil {
			return err
		}
	}
	if c.CapFactor != 0 && !(c.CapFactor >= 1) {
		return fmt.Errorf("identifiers: the size cap is %g of the mean, want 0 (none) or at least 1", c.CapFactor)
	}
	if !(c.Repair >= 0) {
		return fmt.Errorf("identifiers: the repair limit is %g, want 0 or more", c.Repair)
	}
	if c.Method != RQVAE {
		return nil
	}
	for _, w := range c.Hidden {
		if err := positive("a hidden width", w); err != nil {
			return err
		}
	}
	if err := positive("the latent width", c.Latent); err != nil {
		return err
	}
	if c.Warm < 0 || c.Epochs < 0 || c.Batch < 1 {
		return fmt.Errorf("identifiers: %d warm epochs, %d epochs, %d vectors a step: want 0 or more, and at least 1 vector", c.Warm, c.Epochs, c.Batch)
	}
	if !(c.Rate > 0) || !(c.Weight >= 0) || !(c.Beta >= 0) || !(c.Dead >= 0) {
		return fmt.Errorf("identifiers: rate %g, weight decay %g, beta %g, dead share %g: want a positive rate and no negative value", c.Rate, c.Weight, c.Beta, c.Dead)
	}
	if !(c.Align >= 0) || c.Text < 0 || c.Align > 0 && c.Text == 0 {
		return fmt.Errorf("identifiers: weight %g of the contrast in a text block of %d values: want no negative value, and a block to contrast", c.Align, c.Text)
	}
	if !(c.Decay >= 0 && c.Decay < 1) {
		return fmt.Errorf("identifiers: the codebooks' decay is %g, want at least 0 and below 1", c.Decay)
	}
	return nil
}

// widths are those of the encoder for vectors of width d.
func (c *Config) widths(d int) []int {
	return append(append([]int{d}, c.Hidden...), c.Latent)
}

// Streams of random numbers, one for each use, so that one use does not
// shift another.
const (
	coarseStream uint64 = iota + 1
	weightStream
	orderStream
	codeStream
	sampleStream
)

func (c *Config) rng(stream uint64) *rand.Rand {
	return rand.New(rand.NewPCG(c.Seed, stream))
}
