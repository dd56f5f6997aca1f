"""Trains the text classifier of ``classify`` with scikit-learn (extra ``train``).

``texts`` reads what is trained on, ``vectors`` turns texts into rows of numbers, ``weighting`` says
how much each text counts, and ``classifier`` fits the two heads and rounds them to the plain data
of a model file.
"""
