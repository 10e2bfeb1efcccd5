package ui

import (
	"github.com/vugu/vugu"
	"github.com/vugu/vugu/js"
)

// Dock is the player's bar at the foot of the page, there while the player has
// a sound.
type Dock struct{ Page *Root }

func (d *Dock) name() string {
	if d.Page.sound.Trouble {
		return t("This sound cannot be played: %", d.Page.sound.Item.Label())
	}
	return d.Page.sound.Item.Label()
}

func (d *Dock) class() string {
	if d.Page.sound.Playing {
		return "dock playing"
	}
	return "dock"
}

func (d *Dock) playLabel() string {
	if d.Page.sound.Playing {
		return t("Pause")
	}
	return t("Play")
}

func (d *Dock) play() { d.Page.play(*d.Page.sound.Item) }

// seek is the handler of the slider, which goes from 0 to 1000.
func (d *Dock) seek(event vugu.DOMEvent) {
	defer d.Page.rescue()
	d.Page.sound.Seek(event.PropFloat64("target", "valueAsNumber") / 1000)
}

func (d *Dock) close() {
	defer d.Page.rescue()
	d.Page.sound.Close()
}

func (d *Dock) keepSlider(v js.Value) { d.Page.sound.slider = v }
func (d *Dock) keepClock(v js.Value)  { d.Page.sound.clock = v }
