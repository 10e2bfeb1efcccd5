package main

import "ace/core/bundle"

// A bundle with word vectors carries what those who made their sources ask for:
// a credit that the page shows, and the licence in full, as WordNet's demands of
// every copy. The file NOTICE has both.
var wordsCredit = credit{"Word vectors from GloVe, Moby Thesaurus II and WordNet 3.1, Copyright 2011 by Princeton University",
	"https://wordnet.princeton.edu/license-and-commercial-use"}

const metaNotice = "notice"

// acknowledge adds the credits of a collection, and those of the word vectors
// where the bundle has them.
func acknowledge(b *bundle.Builder, credits []credit, words bool) {
	if words {
		credits = append(credits, wordsCredit)
		b.SetMeta(metaNotice, wordNetLicence)
	}
	if len(credits) > 0 {
		b.SetMeta(metaCredits, credits)
	}
}

const wordNetLicence = `This software and database is being provided to you, the LICENSEE, by
Princeton University under the following license.  By obtaining, using
and/or copying this software and database, you agree that you have
read, understood, and will comply with these terms and conditions.:

Permission to use, copy, modify and distribute this software and
database and its documentation for any purpose and without fee or
royalty is hereby granted, provided that you agree to comply with
the following copyright notice and statements, including the disclaimer,
and that the same appear on ALL copies of the software, database and
documentation, including modifications that you make for internal
use or for distribution.

WordNet 3.1 Copyright 2011 by Princeton University.  All rights reserved.

THIS SOFTWARE AND DATABASE IS PROVIDED "AS IS" AND PRINCETON
UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR
IMPLIED.  BY WAY OF EXAMPLE, BUT NOT LIMITATION, PRINCETON
UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF MERCHANT-
ABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE USE
OF THE LICENSED SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT
INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, TRADEMARKS OR
OTHER RIGHTS.

The name of Princeton University or Princeton may not be used in
advertising or publicity pertaining to distribution of the software
and/or database.  Title to copyright in this software, database and
any associated documentation shall at all times remain with
Princeton University and LICENSEE agrees to preserve same.
`
