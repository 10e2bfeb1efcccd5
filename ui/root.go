package ui

import (
	"errors"

	"ace/core"

	"github.com/vugu/vugu"
)

// step is how many cards are shown at first and how many more each time: two
// to four rows of a desktop.
const step = 24

// phase is how far the page has come.
type phase uint8

const (
	loading phase = iota
	ready
	failed
)

// Root is the page.
type Root struct {
	Engine Engine
	// Stay returns when an answer has been looked at for a while: its query is then
	// worth keeping.
	Stay func()
	// Calm returns when nothing hurries any more: the first answer is painted, and its
	// pictures have come.
	Calm func()

	env     vugu.EventEnv
	phase   phase
	done    int // bytes of the collection that have arrived
	total   int
	info    Info
	err     error // why the phase is failed
	trouble string

	query Query // what was asked last
	asked int   // how many questions were asked
	busy  bool  // one of them is under way

	shown Query // the question that hits answer
	hits  []core.Hit
	tried Answer // the last answer of a search, without its hits

	strictness Strictness

	recent   []string // queries that the visitor stayed with, the latest first
	near     []string // words for a question that fits nothing
	unfolded bool     // less likely hits are shown
	endless  bool     // more is shown as the visitor scrolls
	window   window   // the cards that are there
	laid     laid     // where they stand

	counts   Facets
	counted  bool     // they are wanted
	countsOf *address // kind and filter of which they are, or will be

	opening string // id of the item that the address named at first
	typing  bool   // the query is being typed: its address is written over
	depth   int    // entries of the history that the open item made
	leaving bool   // a step back of the page's own is under way

	detail   *Place // the open detail view
	why      bool   // it tells how the search came to the item
	language string // tag of the one in use
	sound    Sound
	preview  preview
	dark     *bool // the visitor's choice; nil: as the system has it
	screen   screen
}

// Place is an open item.
type Place struct {
	Hit     core.Hit
	Index   int        // its position in the grid; -1: it is not there
	From    int        // the position that was opened last
	Similar []core.Hit // items that are like it, once they are known
	Walk    *Walk      // how the search came to it, once that was asked for
}

// Init is called once by vugu, before the first render.
func (c *Root) Init(ctx vugu.InitCtx) {
	c.env = ctx.EventEnv()
	c.query.Limit, c.language = step, "en"
	c.sound.changed = c.update
	if c.Engine != nil {
		go c.load()
	}
}

// update runs change under the event lock and renders. It is for goroutines:
// handlers hold the lock already.
func (c *Root) update(change func()) {
	c.env.Lock()
	defer c.env.UnlockRender()
	defer c.rescue()
	change()
}

// rescue is deferred by whatever vugu or the browser calls: a panic that
// passed into the renderer would end the program for good.
func (c *Root) rescue() {
	if p := recover(); p != nil {
		c.trouble = t("Something went wrong on this page. Please load it again.")
		println("ace: panic in the page:", describe(p))
	}
}

func describe(p any) string {
	switch p := p.(type) {
	case error:
		return p.Error()
	case string:
		return p
	}
	return "unknown"
}

func (c *Root) load() {
	info, err := c.Engine.Open(func(done, total int) {
		c.update(func() { c.done, c.total = done, total })
	})
	c.update(func() {
		if err != nil {
			c.phase, c.err = failed, err
			return
		}
		c.phase, c.info = ready, info
		c.tried.Device, c.tried.Note, c.tried.Lost = info.Device, info.Note, info.Lost
		c.query.Cutoff = c.cutoff()
		c.screen.title(c.title())
		c.ask()
		if id := c.opening; id != "" {
			c.visitItem(id)
		}
	})
}

// hint is what one can do about the error that ended the loading.
func (c *Root) hint() string {
	var h Hinter
	if errors.As(c.err, &h) {
		return h.Hint()
	}
	return t("Check the connection and load the page again.")
}

func (c *Root) isLoading() bool { return c.phase == loading }
func (c *Root) isFailed() bool  { return c.phase == failed }

// reload is the button of the failure notice.
func (c *Root) reload() {
	defer c.rescue()
	c.screen.reload()
}

// toggleTheme changes between light and dark, starting from what is seen.
func (c *Root) toggleTheme() {
	defer c.rescue()
	dark := !c.isDark()
	c.dark = &dark
	c.screen.theme(dark)
}

func (c *Root) isDark() bool {
	if c.dark != nil {
		return *c.dark
	}
	return c.screen.dark()
}
