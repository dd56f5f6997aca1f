"""Stage ``match``: the signals of a rule pack, found in a document, each with its stance."""
