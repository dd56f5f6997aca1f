"""Fuzzing: what is tried (`targets`), with what it begins (`seeds`), and how it is run.

``python -m tests.fuzz`` needs atheris; ``test_fuzz.py`` replays what was once found, without it.
"""
