"""What an analyst does with a rule pack: test, explain, scaffold, format, document."""
