"""Measures rules over texts: what a change does, who fires together, what a rule is worth."""
