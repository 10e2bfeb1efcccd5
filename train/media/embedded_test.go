package media

import (
	"bytes"
	"encoding/binary"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"
)

const xmpPacket = `<?xpacket begin="" id="x"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:lr="http://ns.adobe.com/lightroom/1.0/" photoshop:City="Bergen" photoshop:DateCreated="1987-05-01">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">The Harbour</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">boats
 in the rain</rdf:li></rdf:Alt></dc:description>
<dc:subject><rdf:Bag><rdf:li>boat</rdf:li><rdf:li>rain</rdf:li></rdf:Bag></dc:subject>
<lr:hierarchicalSubject><rdf:Bag><rdf:li>ship|sailing</rdf:li></rdf:Bag></lr:hierarchicalSubject>
</rdf:Description></rdf:RDF></x:xmpmeta>`

// words are those of one kind of tags.
func words(t *testing.T, name, content, source string) known {
	t.Helper()
	p := file(t, name, content)
	f, err := identify(p)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	for _, k := range embedded(p, f) {
		if k.source == source {
			return k
		}
	}
	t.Fatalf("%s: no %s among %+v", name, source, embedded(p, f))
	return known{}
}

func same(t *testing.T, name string, got, want known) {
	t.Helper()
	got.source = ""
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\ngot  %+v\nwant %+v", name, got, want)
	}
}

func TestPictureTags(t *testing.T) {
	xmp := known{title: "The Harbour", captions: []string{"boats in the rain"}, keywords: []string{"Bergen", "boat", "rain", "ship", "sailing"}, meta: map[string]string{"year": "1987"}}
	png := testPNG(t, 3, 3)
	withText := func(name, body string) string {
		return png[:33] + string(appendChunk(nil, name, []byte(body))) + png[33:]
	}
	same(t, "png xmp", words(t, "a.png", withText("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+xmpPacket), "XMP"), xmp)
	same(t, "png text", words(t, "a.png", withText("tEXt", "Description\x00a caf\xe9"), "PNG text"), known{captions: []string{"a café"}})
	jpg := exifJPEG(t, corners(8, 8), nil, "")
	segment := func(kind byte, body string) string {
		return "\xff" + string([]byte{kind}) + string(binary.BigEndian.AppendUint16(nil, uint16(len(body)+2))) + body
	}
	same(t, "jpeg xmp", words(t, "a.jpg", jpg[:2]+segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00"+xmpPacket)+jpg[2:], "XMP"), xmp)
	var iptc []byte
	for _, v := range []struct {
		set  byte
		text string
	}{{5, "Pier"}, {120, "a pier at night"}, {25, "pier"}, {25, "lamp"}, {90, "Brighton"}} {
		iptc = append(iptc, 0x1c, 2, v.set, byte(len(v.text)>>8), byte(len(v.text)))
		iptc = append(iptc, v.text...)
	}
	resource := "Photoshop 3.0\x008BIM\x04\x04\x00\x00" + string(binary.BigEndian.AppendUint32(nil, uint32(len(iptc)))) + string(iptc)
	if len(iptc)%2 == 1 {
		resource += "\x00"
	}
	same(t, "iptc", words(t, "a.jpg", jpg[:2]+segment(0xed, resource)+jpg[2:], "IPTC"),
		known{title: "Pier", captions: []string{"a pier at night"}, keywords: []string{"Brighton", "pier", "lamp"}})
	exif := func(text string) string {
		e := [12]byte{1, 0x0e, 0, 2}
		binary.BigEndian.PutUint32(e[4:], uint32(len(text)))
		binary.BigEndian.PutUint32(e[8:], 8+2+12+4)
		return exifJPEG(t, corners(8, 8), [][12]byte{e}, text)
	}
	same(t, "exif", words(t, "a.jpg", exif("a wooden bridge\x00"), "EXIF"), known{captions: []string{"a wooden bridge"}})
	p := file(t, "a.jpg", exif("OLYMPUS DIGITAL CAMERA         \x00"))
	if k := embedded(p, formatNamed("JPEG")); len(k) != 0 {
		t.Errorf("a camera's own words are taken: %+v", k)
	}
	same(t, "svg", words(t, "a.svg", `<svg viewBox="0 0 1 1"><title>A flag</title><desc>red and green</desc></svg>`, "SVG"), known{title: "A flag", captions: []string{"red and green"}})
}

func id3Tag(version byte, frames ...string) string {
	body := strings.Join(frames, "") + strings.Repeat("\x00", 20)
	n := len(body)
	return "ID3" + string([]byte{version, 0, 0, byte(n >> 21 & 127), byte(n >> 14 & 127), byte(n >> 7 & 127), byte(n & 127)}) + body
}

func id3Frame(version byte, id, body string) string {
	n := len(body)
	switch version {
	case 2:
		return id + string([]byte{byte(n >> 16), byte(n >> 8), byte(n)}) + body
	case 3:
		return id + string(binary.BigEndian.AppendUint32(nil, uint32(n))) + "\x00\x00" + body
	}
	return id + string([]byte{byte(n >> 21 & 127), byte(n >> 14 & 127), byte(n >> 7 & 127), byte(n & 127), 0, 0}) + body
}

func TestSoundTags(t *testing.T) {
	var wide bytes.Buffer
	wide.WriteString("\x01\xff\xfe")
	for _, u := range utf16.Encode([]rune("Regen à Köln")) {
		binary.Write(&wide, binary.LittleEndian, u)
	}
	want := known{title: "Regen à Köln", captions: []string{"on a tin roof"}, keywords: []string{"Nobody", "Rock"}, meta: map[string]string{"artist": "Nobody", "genre": "Rock", "year": "1999"}}
	for v, ids := range map[byte][5]string{2: {"TT2", "TP1", "TCO", "TYE", "COM"}, 3: {"TIT2", "TPE1", "TCON", "TYER", "COMM"}, 4: {"TIT2", "TPE1", "TCON", "TDRC", "COMM"}} {
		cover := id3Frame(v, map[byte]string{2: "PIC", 3: "APIC", 4: "APIC"}[v], strings.Repeat("x", 300))
		tag := id3Tag(v, cover, id3Frame(v, ids[0], wide.String()), id3Frame(v, ids[1], "\x03Nobody\x00"), id3Frame(v, ids[2], "\x00(17)Rock"), id3Frame(v, ids[3], "\x001999"),
			id3Frame(v, ids[4], "\x00engiTunNORM\x00 0000"), id3Frame(v, ids[4], "\x00eng\x00on a tin roof"))
		same(t, "id3", words(t, "a.mp3", tag+made(t, "tone.mp3"), "ID3"), want)
	}
	v1 := "TAG" + pad("Rain", 30) + pad("Nobody", 30) + pad("", 30) + "1999" + pad("on a roof", 30) + "\x11"
	same(t, "id3v1", words(t, "a.mp3", "\xff\xfb\x90\x00"+strings.Repeat("\x00", 600)+v1, "ID3"),
		known{title: "Rain", captions: []string{"on a roof"}, keywords: []string{"Nobody"}, meta: map[string]string{"artist": "Nobody", "year": "1999"}})
	tone := known{title: "Test Tone", captions: []string{"a steady tone"}}
	same(t, "opus", words(t, "a.opus", made(t, "tone.opus"), "Opus comments"), tone)
	same(t, "m4a", words(t, "a.m4a", made(t, "tone.m4a"), "MP4 tags"),
		known{title: "Test Tone", captions: []string{"a steady tone"}, keywords: []string{"Nobody"}, meta: map[string]string{"artist": "Nobody"}})
	same(t, "mp4", words(t, "a.mp4", made(t, "film.mp4"), "MP4 tags"), known{title: "Test Card"})
	same(t, "mp3", words(t, "a.mp3", made(t, "tone.mp3"), "ID3"),
		known{title: "Test Tone", keywords: []string{"Nobody", "Noise"}, meta: map[string]string{"artist": "Nobody", "genre": "Noise"}})
	comments := "\x03\x00\x00\x00abc\x01\x00\x00\x00\x11\x00\x00\x00title=Waterfall 2"
	block := string([]byte{0x84, 0, 0, byte(len(comments))}) + comments
	flac := flacFile(t, 16000, 1000, 16)
	same(t, "flac", words(t, "a.flac", flac[:4]+"\x00"+flac[5:42]+block+flac[42:], "FLAC comments"), known{title: "Waterfall 2"})
	wav := testWAV(1, 1, 8000, 8, []byte{1, 2})
	info := "INFOINAM\x05\x00\x00\x00Rain\x00\x00IKEY\x0a\x00\x00\x00rain; roof"
	same(t, "wav", words(t, "a.wav", wav+"LIST"+string(binary.LittleEndian.AppendUint32(nil, uint32(len(info))))+info, "RIFF INFO"), known{title: "Rain", keywords: []string{"rain", " roof"}})
}

func pad(s string, n int) string { return s + strings.Repeat("\x00", n-len(s)) }

func TestTranscript(t *testing.T) {
	const vtt = "WEBVTT\n\nNOTE nothing\n\nSTYLE\n::cue {}\n\n1\n00:00:01.000 --> 00:00:02.000 align:start\n<v Bob>Hello &amp; welcome\n\n00:02.000 --> 00:03.000\nHello &amp; welcome\nto the <c.x>show.</c>\n"
	if got := transcript(vtt); !reflect.DeepEqual(got, []string{"Hello & welcome to the show."}) {
		t.Errorf("vtt: %q", got)
	}
	srt := "\ufeff1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}<i>one</i>\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\ntwo\r\n"
	if got := transcript(srt); !reflect.DeepEqual(got, []string{"one two"}) {
		t.Errorf("srt: %q", got)
	}
	long := "WEBVTT\n\n00:01.000 --> 00:02.000\n" + strings.Repeat("a b c d e f g h i.\n", 1) + strings.Repeat("word number some more here.\nother words come after that\n", 2000)
	if got := transcript(long); len(got) != maxPassages {
		t.Errorf("%d passages", len(got))
	} else if n := len(strings.Fields(got[50])); n < passageWords/2 || n > passageWords {
		t.Errorf("a passage of %d words", n)
	}
}
