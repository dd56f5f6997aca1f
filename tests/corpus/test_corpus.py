"""The corpus is read strictly and checked as a whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer_screen.corpus import (
    CorpusText,
    Label,
    SecondLabel,
    TextKind,
    check_corpus,
    corpus_digest,
    corpus_statistics,
    measure_agreement,
    read_corpus,
    read_second,
)
from offer_screen.corpus.agreement import kappa, unsettled
from offer_screen.corpus.checks import Known
from offer_screen.corpus.shingles import near_duplicates, shared_share, shingles
from offer_screen.errors import CorpusError
from offer_screen.values import Kind

RECORD: dict[str, Any] = {
    "id": "b01-0001",
    "text": "Warung Bu Tini butuh satu tenaga cuci piring, boleh belum pengalaman.",
    "label": "legit",
    "kind": "offer",
    "channel": "whatsapp",
    "register": "informal",
    "language": ["id"],
    "destination": "indonesia",
    "family": "f-01",
    "batch": "b01",
    "date": "2026-11-24",
    "licence": "CC-BY-4.0",
}


LAS = "Bengkel las Pak Yono cari tukang gerinda."


def a_text(**changes: object) -> CorpusText:
    return CorpusText.model_validate({**RECORD, **changes})


def codes(*texts: CorpusText, known: Known | None = None, **splits: list[CorpusText]) -> list[str]:
    found = check_corpus({"train": list(texts), **splits}, known or Known())
    return [problem.code for problem in found]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"label": "spam"}, "label"),
        ({"kind": "advert"}, "kind"),
        ({"channel": "pigeon"}, "channel"),
        ({"register": "royal"}, "register"),
        ({"facts": ["weather"]}, "facts"),
        ({"marks": ["Not An Id"]}, "marks"),
        ({"text": "short"}, "text"),
        ({"licence": "MIT"}, "licence"),
        ({"date": "yesterday"}, "date"),
        ({"hard_negative": 53}, "hard_negative"),
        ({"more": 1}, "more"),
        ({"label": "not_offer"}, "of kind 'offer' is scam or legit"),
        ({"label": "not_offer", "kind": "inquiry"}, "of kind 'inquiry' is scam or legit"),
        ({"kind": "news"}, "is an offer or an inquiry"),
        ({"label": "scam"}, "a scam names its harm"),
        ({"harm": "trafficking"}, "a scam names its harm"),
        ({"subtle": True}, "only a scam is subtle"),
    ],
)
def test_a_record_that_is_not_of_the_schema_is_told_with_its_line(
    changes: dict[str, object], told: str, tmp_path: Path
) -> None:
    path = tmp_path / "train.jsonl"
    path.write_text(f"{json.dumps(RECORD)}\n\n{json.dumps({**RECORD, **changes})}\n")
    with pytest.raises(CorpusError, match=r"train\.jsonl:3: ") as caught:
        read_corpus([path])
    assert told in str(caught.value)


def test_every_bad_line_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    path.write_bytes(b"{}\nnot json\n\xff\xfe\n" + json.dumps(RECORD).encode())
    with pytest.raises(CorpusError) as caught:
        read_corpus([path])
    assert [f"train.jsonl:{line}:" in str(caught.value) for line in (1, 2, 3, 4)] == [
        True,
        True,
        True,
        False,
    ]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot be read"):
        read_corpus([tmp_path / "none.jsonl"])


def test_news_is_awareness_to_the_library() -> None:
    assert {kind: kind.kind for kind in TextKind} == {
        TextKind.OFFER: Kind.OFFER,
        TextKind.INQUIRY: Kind.INQUIRY,
        TextKind.AWARENESS: Kind.AWARENESS,
        TextKind.NEWS: Kind.AWARENESS,
        TextKind.OTHER: Kind.OTHER,
    }


def test_a_sound_corpus_has_no_problems() -> None:
    other = a_text(id="b01-0002", family="f-02", text="Dicari penjahit borongan dekat pasar lama.")
    assert codes(a_text(), dev=[other]) == []


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ({"text": "Kami mencari kernet truk yang mau pulang pergi Solo."}, "C01"),
        ({"id": "b01-0002", "family": "f-02"}, "C02"),
        ({"id": "b01-0002", "text": LAS, "variant_of": "b01-9999"}, "C04"),
        ({"id": "b01-0002", "text": LAS, "family": "f-02", "variant_of": "b01-0001"}, "C04"),
        ({"id": "b01-0002", "text": "Bengkel las Pak Yono, telepon 0813 2233 4455."}, "C06"),
        ({"id": "b01-0002", "text": "Transfer ke 123 4567 8910 ya bu, nanti dikabari."}, "C06"),
        ({"id": "b01-0002", "text": "Kirim lamaran ke hrd@pabriksepatu.com sore ini."}, "C07"),
        ({"id": "b01-0002", "text": "Kirim lamaran ke tini@gmail.com sore ini juga."}, "C07"),
        ({"id": "b01-0002", "text": "Daftar di www.loker-pabrik.com sebelum tutup."}, "C07"),
        ({"id": "b01-0002", "text": "Daftar di bit.ly/pabrik sebelum tutup ya kak."}, "C07"),
        ({"id": "b01-0002", "family": "f-02", "text": RECORD["text"] + " Datang saja."}, "C09"),
    ],
)  # fmt: skip
def test_each_check_finds_its_problem(second: dict[str, object], code: str) -> None:
    assert code in codes(a_text(), a_text(**second))


def test_a_family_does_not_cross_a_split() -> None:
    other = a_text(id="b01-0002", text="Bengkel las Pak Yono cari tukang gerinda.")
    assert codes(a_text(), test=[other]) == ["C03"]


def test_marks_are_rules_of_the_pack() -> None:
    text = a_text(marks=["no-such-rule", "broker"])
    assert codes(text, known=Known(rules={"broker"})) == ["C05"]


@pytest.mark.parametrize(
    "words",
    [
        "WA 0812-0000-4417 atau +62 813 0000 7765, wa.me/6281300002210",
        "surel ke hrd@sinar-abadi.example, cek siskop2mi.bp2mi.go.id",
        "formulir s.id/kerja-0000 dan profil instagram.com/warungtini",
        "info di recruitment.kai.id ya",
    ],
)
def test_what_is_invented_or_official_is_no_personal_data(words: str) -> None:
    assert codes(a_text(text=words), known=Known(domains={"kai.id"})) == []


def test_shared_wording_of_individually_written_texts_is_found() -> None:
    texts = [
        a_text(id=f"b01-{number:04}", family=f"f-{number:02}", text=words)
        for number, words in enumerate(
            [
                "Warung Bu Tini di ujung gang butuh satu tenaga cuci piring, sejak pagi.",
                "Kata Bu RT besok pagi ada senam, lalu Warung Bu Tini di ujung gang bagi-bagi es.",
            ]
        )
    ]
    assert codes(*texts) == ["C08"]
    one = texts[1].model_copy(update={"variant_of": texts[0].id, "family": texts[0].family})
    assert codes(texts[0], one) == []


def test_eight_words_of_others_are_found() -> None:
    foreign = ["katanya warung bu tini butuh satu tenaga cuci piring boleh juga"]
    assert codes(a_text(), known=Known(foreign=foreign)) == ["C10"]


def test_the_digest_changes_with_a_word_or_a_label_and_not_with_the_order() -> None:
    one, two = a_text(), a_text(id="b01-0002", text="Bengkel las Pak Yono cari tukang.")
    assert corpus_digest([one, two]) == corpus_digest([two, one])
    assert corpus_digest([one]) != corpus_digest([one.model_copy(update={"text": "Lain sekali."})])
    assert corpus_digest([one]) != corpus_digest([one.model_copy(update={"label": Label.SCAM})])


def test_statistics_count_by_label() -> None:
    scam = a_text(id="b01-0002", label="scam", harm="money_fraud", text="TRANSFER dulu ya kak!!")
    found = corpus_statistics({"train": [a_text(), scam], "dev": [], "test": []})
    assert found.texts == {"train": 2, "dev": 0, "test": 0}
    assert found.by["harm"] == {"money_fraud": {"scam": 1}, "none": {"legit": 1}}
    assert found.style["scam"].capitals == 1
    assert found.style["legit"].exclamations == 0


def second(first: str, said: str, note: str | None = None) -> SecondLabel:
    return SecondLabel.model_validate(
        {
            "id": "b01-0001",
            "first_label": first,
            "first_kind": "offer",
            "label": said,
            "kind": "offer",
            "note": note,
        }
    )


def test_agreement_is_told_beyond_chance() -> None:
    found = measure_agreement(
        [second("scam", "scam"), second("legit", "legit"), second("scam", "legit", "settled")]
    )
    assert found.label_agreed == pytest.approx(2 / 3)
    assert found.label_kappa == pytest.approx((2 / 3 - 4 / 9) / (1 - 4 / 9))
    assert found.confusion["scam"]["legit"] == 1
    with pytest.raises(CorpusError, match="second time"):
        measure_agreement([])


def test_a_disagreement_has_to_be_settled() -> None:
    texts = {"b01-0001": a_text()}
    assert unsettled([second("scam", "legit", "see note")], texts) == ()
    assert len(unsettled([second("scam", "legit")], texts)) == 1
    assert len(unsettled([second("scam", "scam")], {})) == 1


def test_a_bad_second_label_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "second-reading.jsonl"
    path.write_text("{}\n")
    with pytest.raises(CorpusError, match=r"second-reading\.jsonl:1: "):
        read_second(path)


@pytest.mark.property
@given(st.lists(st.sampled_from("ab"), min_size=1, max_size=30))
def test_kappa_is_one_where_readers_agree_and_never_more(names: list[str]) -> None:
    assert kappa([(name, name) for name in names]) == pytest.approx(1.0)
    assert kappa([(name, "a") for name in names]) <= 1.0


@pytest.mark.property
@given(st.lists(st.text("ab ", max_size=30), max_size=8))
def test_near_duplicates_are_what_their_name_says(texts: list[str]) -> None:
    sets = [shingles(text, 2) for text in texts]
    expected = [
        (i, j)
        for i in range(len(sets))
        for j in range(i + 1, len(sets))
        if sets[i] & sets[j] and len(sets[i] & sets[j]) / len(sets[i] | sets[j]) >= 0.5
    ]
    assert [(i, j) for i, j, _ in near_duplicates(sets, 0.5)] == expected
    assert 0 <= shared_share(sets) <= 1
