package identify

import (
	"fmt"
	"slices"
)

// Method says what the tokens of an identifier are made by.
type Method string

const (
	// RQVAE quantises what K-Means leaves in the latent of an autoencoder that
	// is trained with the codebooks (the paper's choice). With one coarse code
	// all tokens that say something are the autoencoder's.
	RQVAE Method = "rqvae"
	// ResidualKMeans quantises what K-Means leaves as it is, level by level,
	// with no autoencoder: the plain alternative.
	ResidualKMeans Method = "rkmeans"
	// HierarchicalKMeans runs K-Means inside each cluster of the level above (arXiv
	// 2202.06991, section 3.2; the paper's ablation of the RQ-VAE). A code means
	// something under its prefix only.
	HierarchicalKMeans Method = "hkmeans"
	// Random draws identifiers that say nothing of their vectors: the control.
	Random Method = "random"
)

var methods = []Method{RQVAE, ResidualKMeans, HierarchicalKMeans, Random}

func (m Method) check() error {
	if !slices.Contains(methods, m) {
		return fmt.Errorf("identifiers: unknown method %q: want one of %s", m, methods)
	}
	return nil
}
