package feature

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"io"
	"math"
	"os"
	"path/filepath"
	"sync"

	"ace/core"
)

// cache keeps the vectors of one encoder in a file, by what is in the media:
// records of a digest (32 bytes), the values (float32, little endian) and a CRC-32
// (IEEE) of both. It only grows; deleting it costs time and nothing else.
type cache struct {
	mu   sync.Mutex
	f    *os.File
	dims int
	at   map[[32]byte]int64 // where the values lie
	end  int64
}

// fileDigest is that of a file, seen as a kind.
func fileDigest(path string, kind core.Kind) (d [32]byte, err error) {
	f, err := os.Open(path)
	if err != nil {
		return d, err
	}
	defer f.Close()
	h := sha256.New()
	h.Write([]byte{byte(kind)})
	if _, err := io.Copy(h, f); err != nil {
		return d, err
	}
	return [32]byte(h.Sum(nil)), nil
}

// openCache opens or begins the file of an encoder in a folder.
func openCache(folder, key string, dims int) (*cache, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(filepath.Join(folder, key+".vectors"), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	k := &cache{f: f, dims: dims, at: map[[32]byte]int64{}}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	// What an interrupted run left half-written at the end is written over.
	var d [32]byte
	for ; k.end+k.size() <= info.Size(); k.end += k.size() {
		if _, err := f.ReadAt(d[:], k.end); err != nil {
			f.Close()
			return nil, err
		}
		k.at[d] = k.end
	}
	return k, nil
}

func (k *cache) close() { k.f.Close() }

func (k *cache) size() int64 { return int64(len([32]byte{}) + 4*k.dims + 4) }

// get copies the vector of a file, if it is there and whole.
func (k *cache) get(digest [32]byte, into []float32) bool {
	k.mu.Lock()
	at, ok := k.at[digest]
	k.mu.Unlock()
	if !ok {
		return false
	}
	record := make([]byte, k.size())
	if _, err := k.f.ReadAt(record, at); err != nil {
		return false
	}
	body := record[:len(record)-4]
	if [32]byte(record[:32]) != digest || crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(record[len(body):]) {
		return false
	}
	for i := range into {
		into[i] = math.Float32frombits(binary.LittleEndian.Uint32(body[32+4*i:]))
	}
	return true
}

// put adds the vector of a file.
func (k *cache) put(digest [32]byte, x []float32) error {
	record := make([]byte, 0, k.size())
	record = append(record, digest[:]...)
	for _, v := range x {
		record = binary.LittleEndian.AppendUint32(record, math.Float32bits(v))
	}
	record = binary.LittleEndian.AppendUint32(record, crc32.ChecksumIEEE(record))
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, err := k.f.WriteAt(record, k.end); err != nil {
		return err
	}
	k.at[digest] = k.end
	k.end += k.size()
	return nil
}
