package ui

import (
	"encoding/json"
	"slices"
)

// Queries that the visitor stayed with are kept in their browser, and offered
// before anything is asked.
const (
	recentKey  = "ace-recent"
	recentKept = 6
)

// remember keeps the query of the shown hits.
func (c *Root) remember() {
	if c.shown.Text == "" || len(c.hits) == 0 || len(c.recent) > 0 && c.recent[0] == c.shown.Text {
		return
	}
	c.recent = slices.DeleteFunc(c.recent, func(s string) bool { return s == c.shown.Text })
	c.recent = slices.Insert(c.recent, 0, c.shown.Text)
	c.recent = c.recent[:min(len(c.recent), recentKept)]
	c.keepRecent()
}

func (c *Root) keepRecent() {
	text, _ := json.Marshal(c.recent) // strings can always be written
	c.screen.store(c.recentKey(), string(text))
}

// recentKey is a key of this page's own: others of the same origin have others.
func (c *Root) recentKey() string { return recentKey + c.screen.path() }

func (c *Root) readRecent() {
	_ = json.Unmarshal([]byte(c.screen.stored(c.recentKey())), &c.recent) // malformed: none
}

// dwell remembers a query if the visitor stays with its answer.
func (c *Root) dwell(number int) {
	c.Stay()
	c.update(func() {
		if c.asked == number {
			c.remember()
		}
	})
}

// recents are shown where the examples are.
func (c *Root) recents() []string {
	if c.phase != ready || c.query.Text != "" || c.shown.Text != "" {
		return nil
	}
	return c.recent
}

func (c *Root) hasRecents() bool { return len(c.recents()) > 0 }

// forget is the handler of the button behind them.
func (c *Root) forget() {
	defer c.rescue()
	c.recent = nil
	c.keepRecent()
	c.screen.focus(boxID)
}
