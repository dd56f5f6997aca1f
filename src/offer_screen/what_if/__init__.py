"""Stage ``what_if``: what would change the level, by the arithmetic of the score itself.

Nothing here estimates: every outcome is ``scoring.score`` of the findings that would be left, or
would be there.
"""
