package media

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"ace/core"
)

// Formats that ffmpeg reads for us, where it is installed.
var (
	foreignSounds = []string{"M4A", "AIFF", "WMA"}
	foreignStills = []string{"AVIF"}
	foreignFilms  = []string{"MP4", "Matroska or WebM", "AVI", "MPEG", "Ogg film", "Windows Media"}
)

const (
	demuxers   = "mov,matroska,avi,mpeg,mpegts,mpegvideo,asf,ogg,aac,aiff" // so that no playlist opens other files
	ffmpegTime = time.Minute                                               // for one call
	shortFilm  = 2 * time.Minute                                           // one call decodes all of it; in longer ones the frames are sought
)

// ffmpegTools looks for the two programs once.
var ffmpegTools = sync.OnceValues(func() (ffmpeg, ffprobe string) {
	ffmpeg, err := exec.LookPath("ffmpeg")
	if err != nil {
		return "", ""
	}
	if ffprobe, err = exec.LookPath("ffprobe"); err != nil {
		return "", ""
	}
	return ffmpeg, ffprobe
})

// ErrFFmpeg is the reason of files that would be read if ffmpeg were there.
var ErrFFmpeg = errors.New("ffmpeg and ffprobe are not on PATH")

// foreign says whether a format is ffmpeg's.
func foreign(name string) bool {
	return slices.Contains(foreignSounds, name) || slices.Contains(foreignStills, name) || slices.Contains(foreignFilms, name)
}

// decodeForeign reads a film's frames, or a sound, through ffmpeg.
func decodeForeign(path string, f format, kind core.Kind, preview bool) (Sample, error) {
	ffmpeg, ffprobe := ffmpegTools()
	if ffmpeg == "" {
		return Sample{}, fmt.Errorf("%s cannot be read: %w", f.name, ErrFFmpeg)
	}
	p, err := probe(ffprobe, path)
	if err != nil {
		return Sample{}, err
	}
	if kind == core.Audio {
		return foreignSound(ffmpeg, path, p)
	}
	return foreignFilm(ffmpeg, path, p, kind, preview)
}

// probed is what ffprobe says of a file.
type probed struct {
	Streams []stream `json:"streams"`
	Format  struct {
		Duration string `json:"duration"`
	} `json:"format"`
}

type stream struct {
	Kind        string         `json:"codec_type"`
	Width       int            `json:"width"`
	Height      int            `json:"height"`
	Duration    string         `json:"duration"`
	Disposition map[string]int `json:"disposition"`
	SideData    []struct {
		Rotation float64 `json:"rotation"`
	} `json:"side_data_list"`
}

func probe(ffprobe, path string) (p probed, err error) {
	b, err := call(1<<20, ffprobe, "-of", "json", "-show_entries",
		"format=duration:stream=codec_type,width,height,duration:stream_disposition=attached_pic:stream_side_data=rotation", "-i", "file:"+path)
	if err != nil {
		return p, err
	}
	if err := json.Unmarshal(b, &p); err != nil {
		return p, fmt.Errorf("ffprobe: %w", err)
	}
	return p, nil
}

// lasts is the duration of the file, 0 where nothing tells.
func (p *probed) lasts() time.Duration {
	says := []string{p.Format.Duration}
	for _, s := range p.Streams {
		says = append(says, s.Duration)
	}
	for _, s := range says {
		if v, err := strconv.ParseFloat(s, 64); err == nil && v > 0 && v < 1e7 {
			return time.Duration(v * float64(time.Second))
		}
	}
	return 0
}

// call runs a program quietly and returns what it writes, at most so many bytes.
func call(most int64, program string, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), ffmpegTime)
	defer cancel()
	common := []string{"-v", "error", "-protocol_whitelist", "file,pipe", "-format_whitelist", demuxers, "-max_alloc", strconv.Itoa(maxDecoding)}
	cmd := exec.CommandContext(ctx, program, append(common, args...)...)
	cmd.WaitDelay = time.Second
	var stderr bytes.Buffer
	cmd.Stderr = &limitedWriter{&stderr, 4096}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	b, readErr := io.ReadAll(io.LimitReader(out, most))
	out.Close()
	err = cmd.Wait()
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("ffmpeg took longer than %v", ffmpegTime)
	case readErr != nil:
		return nil, readErr
	case err != nil && len(b) == 0:
		return nil, fmt.Errorf("ffmpeg: %s", complaint(stderr.String(), err))
	}
	return b, nil
}

// complaint is the last line that ffmpeg wrote, without the path and addresses.
func complaint(stderr string, err error) string {
	lines := strings.Split(strings.TrimSpace(stderr), "\n")
	last := lines[len(lines)-1]
	if i := strings.LastIndex(last, ": "); i >= 0 {
		last = last[i+2:]
	}
	if last = strings.TrimSpace(last); last == "" {
		return err.Error()
	}
	return strings.ToLower(last[:1]) + last[1:]
}

// limitedWriter keeps the first bytes and drops the rest.
type limitedWriter struct {
	to   *bytes.Buffer
	left int
}

func (w *limitedWriter) Write(b []byte) (int, error) {
	n := min(len(b), w.left)
	w.to.Write(b[:n])
	w.left -= n
	return len(b), nil
}

// HasFFmpeg says whether films and further sounds can be read.
func HasFFmpeg() bool {
	ffmpeg, _ := ffmpegTools()
	return ffmpeg != ""
}
