// Command ace makes a folder of pictures, sounds and films searchable by meaning
// on a static page, and searches from the terminal. Each verb has a file of its
// own; what is printed, and where, is in term.go.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// cli lists the verbs in the order of the help.
type cli struct {
	Build    buildCmd    `cmd:"" help:"From a folder of media, or an items.jsonl, to a static site."`
	Query    queryCmd    `cmd:"" help:"Search a bundle."`
	Eval     evalCmd     `cmd:"" help:"Score a bundle on questions with known answers."`
	Serve    serveCmd    `cmd:"" help:"Serve a site on this machine."`
	Inspect  inspectCmd  `cmd:"" help:"Show what is in a file or bundle that ace wrote."`
	Verify   verifyCmd   `cmd:"" help:"Check a bundle, or a file that ace wrote, wholly."`
	Export   exportCmd   `cmd:"" help:"Write the tensors of a bundle, or of a file that ace wrote, as safetensors."`
	Import   importCmd   `cmd:"" help:"Take a model's tensors from a file of safetensors."`
	Extract  extractCmd  `cmd:"" help:"Step 1 of build: media and words to feature vectors."`
	Identify identifyCmd `cmd:"" help:"Step 2: feature vectors to identifiers."`
	Train    trainCmd    `cmd:"" help:"Step 3: identifiers and words to a trained model."`
	Pack     packCmd     `cmd:"" help:"Step 4: a trained model to a static site."`
	Add      addCmd      `cmd:"" help:"Add items to a bundle, without training."`
	Remove   removeCmd   `cmd:"" help:"Take items out of a bundle."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
}

// Exit codes.
const (
	exitDone  = 0
	exitError = 1
	exitUsage = 2
)

func main() { os.Exit(run()) }

func run() int {
	limitMemory()
	t := newTerm(os.Stdout, os.Stderr)
	var c cli
	parser, err := kong.New(&c, kong.Name("ace"),
		kong.Description("Search by meaning over pictures, sounds and films, on a static page."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}),
		kong.Writers(os.Stdout, os.Stderr))
	if err != nil {
		return t.fail(err, exitError)
	}
	args := os.Args[1:]
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := parser.Parse(args)
	if err != nil {
		return t.fail(hint(err, "see `ace --help` or `ace VERB --help`"), exitUsage)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	k.BindTo(ctx, (*context.Context)(nil))
	err = k.Run(t)
	t.close()
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, context.Canceled):
		return t.fail(errors.New("interrupted; nothing was left half-made"), exitError)
	case errors.As(err, new(usageError)):
		return t.fail(err, exitUsage)
	}
	return t.fail(err, exitError)
}
