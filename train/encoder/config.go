package encoder

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// config is what is read of a preprocessor_config.json, as the library
// transformers writes it (https://huggingface.co/docs/transformers/main_classes/image_processor,
// https://huggingface.co/docs/transformers/main_classes/feature_extractor).
type config struct {
	Kind string

	DoResize, DoCenterCrop, DoRescale, DoNormalize *bool
	Size, CropSize                                 *extent
	CropPct                                        float64
	Resample                                       *int
	RescaleFactor                                  float64
	Mean, Std                                      []float32

	SamplingRate, FeatureSize, HopLength, FFTWindow, NFFT, Samples int
	Low, High, MaxSeconds, ChunkSeconds                            float64
	Padding, Truncation                                            string
}

// extent is a size: a number, or an object of sides.
type extent struct {
	Short         int // of the shorter side; the ratio of the sides is kept
	Width, Height int
}

func (e *extent) UnmarshalJSON(data []byte) error {
	var n int
	if json.Unmarshal(data, &n) == nil {
		*e = extent{Short: n, Width: n, Height: n}
		return nil
	}
	var o struct {
		Short  int `json:"shortest_edge"`
		Width  int `json:"width"`
		Height int `json:"height"`
	}
	if err := json.Unmarshal(data, &o); err != nil {
		return err
	}
	*e = extent{o.Short, o.Width, o.Height}
	if *e == (extent{}) {
		return fmt.Errorf("a size of %s: want a number, shortest_edge, or height and width", data)
	}
	return nil
}

// UnmarshalJSON names the fields as they are written.
func (c *config) UnmarshalJSON(data []byte) error {
	fields := map[string]any{
		"feature_extractor_type": &c.Kind,
		"do_resize":              &c.DoResize, "do_center_crop": &c.DoCenterCrop, "do_rescale": &c.DoRescale, "do_normalize": &c.DoNormalize,
		"size": &c.Size, "crop_size": &c.CropSize, "crop_pct": &c.CropPct, "resample": &c.Resample,
		"rescale_factor": &c.RescaleFactor, "image_mean": &c.Mean, "image_std": &c.Std,
		"sampling_rate": &c.SamplingRate, "feature_size": &c.FeatureSize, "hop_length": &c.HopLength, "fft_window_size": &c.FFTWindow, "n_fft": &c.NFFT,
		"nb_max_samples": &c.Samples, "frequency_min": &c.Low, "frequency_max": &c.High, "max_length_s": &c.MaxSeconds, "chunk_length_s": &c.ChunkSeconds,
		"padding": &c.Padding, "truncation": &c.Truncation,
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(data, &all); err != nil {
		return err
	}
	for name, into := range fields {
		if raw, ok := all[name]; ok && string(raw) != "null" {
			if err := json.Unmarshal(raw, into); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return nil
}

// configName is the file in which preparation is described.
const configName = "preprocessor_config.json"

// folders are where what describes a model may lie: beside it, or one up where it
// lies in a folder onnx.
func folders(model string) []string {
	list := []string{filepath.Dir(model)}
	if whole, err := filepath.Abs(model); err == nil && filepath.Base(filepath.Dir(whole)) == "onnx" {
		list = append(list, filepath.Dir(filepath.Dir(whole)))
	}
	return list
}

// readConfig reads the description of a model; nil: there is none.
func readConfig(model string) (*config, error) {
	for _, folder := range folders(model) {
		path := filepath.Join(folder, configName)
		data, err := os.ReadFile(path)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		c := &config{}
		if err := json.Unmarshal(data, c); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		return c, nil
	}
	return nil, nil
}

// is tells a switch that may be absent.
func is(b *bool, otherwise bool) bool {
	if b == nil {
		return otherwise
	}
	return *b
}
