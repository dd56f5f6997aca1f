"""Trains the text classifier of ``classify`` with scikit-learn (extra ``train``).

``texts`` reads what is trained on, ``vectors`` turns texts into rows of numbers, ``balance`` says
how much each text counts, and ``classifier`` fits the two heads and rounds them to the plain data
of a model file.
"""

from importlib.util import find_spec

from offer_screen.errors import MissingExtra

if find_spec("sklearn") is None:
    raise MissingExtra("training", "scikit-learn", "train")
