"""What the text classifier sees of a text: its standard words, their pairs, and parts of words.

Numbers, addresses and names of accounts become shapes, so that nothing of a number or an address
is learned: corpora hold invented ones. Of punctuation only the question mark is seen, because it
tells who asks from who offers; case, emoji and layout tell where a text stood and not what it says.

Each feature counts once in a text, however often it occurs. A part of a word belongs to its word,
so that everything adds up by words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from offer_screen.text.document import Document
from offer_screen.text.tokenizer import is_address
from offer_screen.values import Span, Value

SUBWORD_LENGTHS = (3, 4, 5)
"""Lengths that a model may choose from."""

_LONGEST_WORD = 30
"""Longer words are no words: their first letters serve."""

QUESTION = "<?>"
_QUESTION_MARKS = re.compile(r"\?(?:\s*[?!])*")
_NUMBER = re.compile(r"\+?\d+(?:[.,:/]\d+)*")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4])[.:][0-5]\d")
_DIGITS = re.compile(r"\d{2,}")
_NO_DIGIT = re.compile(r"\D")
_LEAST_PHONE = 9
_MOST_DIGITS = 9
_OF_LENGTH = tuple(f"<{count}>" for count in range(_MOST_DIGITS + 1))


class FeatureSettings(Value):
    """Which features a model has.

    Attributes:
        version: Of the way in which words are shaped; a change of it asks for a new training.
        pairs: Whether pairs of neighbouring words count.
        subwords: Lengths of the parts of words, their edges marked and counted.
    """

    version: Literal[1] = 1
    pairs: bool = True
    subwords: tuple[Literal[3, 4, 5], ...] = (3, 4)


def feature_words(document: Document) -> list[str]:
    """Return the words of a text as the classifier sees them: its tokens and question marks.

    >>> from offer_screen import Screener
    >>> read = Screener.load().normalizer.read
    >>> feature_words(read("Gj 5jt, hub 0812-0000-4417??"))
    ['gaji', '<1>', 'juta', 'hubungi', '<phone>', '<?>']
    """
    words = [token[1] for token in document.tokens]
    for index in document.unlettered:
        words[index] = shape_of(words[index])
    if "?" in document.original:
        for index, _ in reversed(_questions(document)):
            words.insert(index, QUESTION)
    return words


def feature_spans(document: Document) -> list[Span]:
    """Return the place of each of the words that `feature_words` gives."""
    spans = [Span(token.start, token.end) for token in document.tokens]
    for index, span in reversed(_questions(document)):
        spans.insert(index, span)
    return spans


def _questions(document: Document) -> list[tuple[int, Span]]:
    """Return the question marks that stand outside of words, and before which token they do."""
    tokens = document.tokens
    starts = [token[3] for token in tokens]
    found = []
    for mark in _QUESTION_MARKS.finditer(document.original):
        index = bisect_right(starts, mark.start())
        if index == 0 or tokens[index - 1].end <= mark.start():  # not that of 'contoh.example/?x'
            found.append((index, Span(*mark.span())))
    return found


def shape_of(word: str) -> str:
    """Return what stands for a word that is not all letters.

    >>> [shape_of(word) for word in ("5.000.000", "08.30", "s.id/x0000", "@akun", "covid-19", "s1")]
    ['<7>', '<clock>', '<link>', '<account>', 'covid-0', 's1']
    """
    if len(word) == 1:
        return "<1>" if word.isdecimal() else word
    if word.isalpha():
        return word[:_LONGEST_WORD]
    if word.isdecimal() or _NUMBER.fullmatch(word):
        return _shape_of_number(word)
    if word[0] == "@":
        return "<account>" if len(word) > 1 else word
    if word[0] == "#":
        return "<tag>" if len(word) > 1 else word
    if is_address(word):
        return "<mail>" if "@" in word else "<link>"
    return _DIGITS.sub("0", word[:_LONGEST_WORD])


def _shape_of_number(word: str) -> str:
    if word.isdecimal():
        count = len(word)
        if count == 4 and word.startswith(("19", "20")):
            return "<year>"
        if count >= _LEAST_PHONE and word.startswith(("0", "62")):
            return "<phone>"
        return _OF_LENGTH[min(count, _MOST_DIGITS)]
    digits = _NO_DIGIT.sub("", word)
    if word[0] == "+":
        return "<phone>" if len(digits) >= _LEAST_PHONE else "<dial>"
    if _CLOCK.fullmatch(word):
        return "<clock>"
    return _OF_LENGTH[min(len(digits), _MOST_DIGITS)]


def subwords_of(word: str, lengths: Sequence[int]) -> list[str]:
    """Return the parts of a word, each once; none of a shape or of what holds no letter.

    >>> subwords_of("gaji", (3,))
    ['<ga', 'gaj', 'aji', 'ji>']
    """
    if word[0] == "<" or not any(map(str.isalpha, word)):
        return []
    framed = f"<{word}>"
    return list(
        dict.fromkeys(
            framed[start : start + length]
            for length in lengths
            for start in range(len(framed) - length + 1)
        )
    )
