package ui

import (
	"strconv"

	"github.com/vugu/vugu"
)

// Ids of elements that handlers and tests look for.
const (
	boxID    = "q"
	gridID   = "results"
	detailID = "detail"
)

func cardID(i int) string { return "card-" + strconv.Itoa(i) }

// typed is the handler of the search box's input and compositionend events.
// While an input method composes nothing is searched.
func (c *Root) typed(event vugu.DOMEvent) {
	defer c.rescue()
	if event.PropBool("isComposing") {
		return
	}
	c.screen.focus("") // whoever types is where they want to be
	c.setText(event.PropString("target", "value"))
	c.typing = true
}

// boxKey is the handler of keys in the search box.
func (c *Root) boxKey(event vugu.DOMEvent) {
	defer c.rescue()
	if event.PropBool("isComposing") {
		return
	}
	switch event.PropString("key") {
	case "ArrowDown", "Enter":
		event.PreventDefault()
		c.typing = false
		if !c.busy {
			c.remember()
		}
		if c.isRefused() && !c.busy {
			c.screen.focus(nearestID)
		} else {
			c.screen.focus(cardID(0))
		}
	case "Escape":
		event.PreventDefault()
		c.replaceText("")
	}
}

// cardKey is the handler of keys on card i. Enter and space are the button's
// own.
func (c *Root) cardKey(event vugu.DOMEvent, i int) {
	defer c.rescue()
	if event.PropBool("ctrlKey") || event.PropBool("metaKey") || event.PropBool("altKey") {
		return
	}
	key := event.PropString("key")
	if to, ok := moved(key, i, c.layout(), c.screen.isRight()); ok {
		event.PreventDefault()
		if to < 0 {
			c.screen.focus(boxID)
		} else {
			others := c.reveal(to)
			c.screen.focus(cardID(to))
			if !others {
				c.screen.settle() // at once: the next key may come before the next render
			}
		}
		return
	}
	if key == "Backspace" || key != " " && len([]rune(key)) == 1 {
		// go on typing: the key itself is still to come, and goes to the box
		c.screen.focus(boxID)
		c.screen.settle()
	}
}

// moved is where a key leads from card i of a layout; -1 is the search box. Where
// one reads from right to left, so do the rows. ok is false when the key moves
// nothing.
func moved(key string, i int, l *layout, right bool) (to int, ok bool) {
	n := len(l.widths)
	if right {
		switch key {
		case "ArrowRight":
			key = "ArrowLeft"
		case "ArrowLeft":
			key = "ArrowRight"
		}
	}
	switch key {
	case "ArrowRight":
		to = i + 1
	case "ArrowLeft":
		to = i - 1
	case "ArrowDown":
		to, _ = l.beside(i, 1)
	case "ArrowUp":
		if to, ok = l.beside(i, -1); !ok {
			to = -1
		}
	case "Home":
		to = 0
	case "End":
		to = n - 1
	case "Escape":
		to = -1
	default:
		return 0, false
	}
	if to >= n {
		to = i
	}
	return to, true
}
