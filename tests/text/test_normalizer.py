from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offer_screen.text.document import Token
from offer_screen.text.normalizer import Normalizer, Slang
from offer_screen.text.phrases import PhraseTrie
from offer_screen.values import Fold
from tests.text.test_unicode import TRICKY

FRAGMENTS = st.lists(
    st.sampled_from(
        [
            *"gaji G4J1 k*mboja k@mboja t.a.n.p.a 7jt Rp7.000.000 7-12jt/bln".split(),
            *"O812-34S6-7890 no an s/d tipu2 besaaaar gajinya #lokerkamboja a/n".split(),
            *"PT. dll. 🇰🇭 ✅ 😀 ++ $ *".split(),
            *"\" “ ” ' &amp; 𝗴𝗮𝗷𝗶".split(),
            *(
                "v i s a",
                "g a j i",
                "0812 0000 1234",
                "open bo",
                "tiket pp",
                "gа\u200bji",
                "x" * 40,
            ),
            *("\n", "\n\n", "- ", "1. "),
        ]
    ),
    max_size=25,
)
TEXTS = st.one_of(st.text(), TRICKY, FRAGMENTS.map(" ".join), FRAGMENTS.map("".join))


def norms(normalizer: Normalizer, text: str) -> list[str]:
    return [token.norm for token in normalizer.read(text).tokens]


def token(normalizer: Normalizer, text: str) -> Token:
    (only,) = normalizer.read(text).tokens
    return only


@pytest.mark.parametrize(
    ("text", "norm", "folds"),
    [
        ("v ! s a", "visa", {Fold.SPACED}),
        ("v.1.s.4", "visa", {Fold.SPACED}),
        ("k * m b o j a", "kamboja", {Fold.SPACED, Fold.WILDCARD}),
        ("p4sp*r", "paspor", {Fold.LEET, Fold.WILDCARD}),
        ("p@sp*rrr", "paspor", {Fold.LEET, Fold.WILDCARD, Fold.STRETCHED}),
        ("р а ѕ р о r", "paspor", {Fold.HOMOGLYPH, Fold.SPACED}),
    ],
)
def test_a_word_in_several_disguises_is_read(
    normalizer: Normalizer, text: str, norm: str, folds: set[Fold]
) -> None:
    read = token(normalizer, text)
    assert read.norm == norm
    assert {*read.folds} == folds


@pytest.mark.parametrize("text", ["harga 3 ! 4 ! 5", "jam 7 * 8 * 9", "5 * 3 * 2 kotak", "a ! b"])
def test_signs_between_numbers_and_single_letters_are_no_letters(
    normalizer: Normalizer, text: str
) -> None:
    words = [word for word in text.split() if word.isalnum()]
    assert norms(normalizer, text) == words


@pytest.mark.parametrize(
    ("text", "norm", "fold"),
    [
        ("g a j i", "gaji", Fold.SPACED),
        ("t.a.n.p.a", "tanpa", Fold.SPACED),
        ("k-a-m-b-o-j-a", "kamboja", Fold.SPACED),
        ("s_l_o_t", "slot", Fold.SPACED),
        ("g 4 j i", "gaji", Fold.SPACED),
        ("kam.boja", "kamboja", Fold.SPACED),
        ("g4j1", "gaji", Fold.LEET),
        ("t4npa", "tanpa", Fold.LEET),
        ("k@mboja", "kamboja", Fold.LEET),
        ("sl0t", "slot", Fold.LEET),
        ("s1ot", "slot", Fold.LEET),
        ("4dmin", "admin", Fold.LEET),
        ("v!sa", "visa", Fold.LEET),
        ("@dmin", "admin", Fold.LEET),
        ("v!$a", "visa", Fold.LEET),
        ("$l0t", "slot", Fold.LEET),
        ("p@$por", "paspor", Fold.LEET),
        ("@ngk4t", "angkat", Fold.LEET),
        ("g@jine", "gajine", Fold.LEET),
        ("g.a.j.i.n.e", "gajine", Fold.SPACED),
        ("besaaaar", "besar", Fold.STRETCHED),
        ("gajiiii", "gaji", Fold.STRETCHED),
        ("maaaaf", "maaf", Fold.STRETCHED),
        ("gajii", "gaji", Fold.STRETCHED),
        ("gaaak", "tidak", Fold.STRETCHED),
        ("k*mboja", "kamboja", Fold.WILDCARD),
        ("p*sporne", "paspor", Fold.WILDCARD),
        ("𝗴𝗮𝗷𝗶", "gaji", Fold.COMPATIBILITY),
        ("gаjі", "gaji", Fold.HOMOGLYPH),
        ("ga\u200bji", "gaji", Fold.INVISIBLE),
        ("g̶a̶j̶i̶", "gaji", Fold.COMBINING),
        ("&#103;aji", "gaji", Fold.ENTITY),
        ("O812-34S6-7890", "081234567890", Fold.DIGIT),
    ],
)
def test_disguised_word_is_read(normalizer: Normalizer, text: str, norm: str, fold: Fold) -> None:
    read = token(normalizer, text)
    assert read.norm == norm
    assert read.folds == (fold,)
    assert (read.start, read.end) == (0, len(text))


def test_a_word_with_a_sign_in_it_may_be_any_of_the_words_that_fit(
    normalizer: Normalizer,
) -> None:
    knows = normalizer.knowing(frozenset({"visa", "vasa", "viva"}))
    assert token(knows, "v*sa").forms == ("vasa", "visa")
    assert token(knows, "v*sa").folds == (Fold.WILDCARD,)


def test_a_word_that_too_many_words_fit_says_nothing(normalizer: Normalizer) -> None:
    knows = normalizer.knowing(frozenset(f"b{vowel}{last}k" for vowel in "aiu" for last in "abc"))
    assert not any(token.folds for token in knows.read("b**k").tokens)


def test_a_number_before_a_word_stays_a_number(normalizer: Normalizer) -> None:
    knows = normalizer.knowing(frozenset({"kali", "skali", "hari", "ehari"}))
    assert norms(knows, "5kali 3hari 1kali") == ["5", "kali", "3", "hari", "1", "kali"]


def test_disguises_mix(normalizer: Normalizer) -> None:
    read = token(normalizer, "𝗸4mb0\u200bj4444")
    assert read.norm == "kamboja"
    assert set(read.folds) >= {Fold.COMPATIBILITY, Fold.INVISIBLE, Fold.LEET}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2x 3jt N4 G2G 5R COVID19 J1 E-9 H2 07.00",
         "2 kali 3 juta n4 g2g 5r covid19 j1 e-9 h2 07.00"),
        ("4G S1 D3 p3mi SIP3MI sip2mi h2h 24/7 18/2017",
         "4g s1 d3 p3mi sip3mi sip2mi h2h 24/7 18/2017"),
        ("7jt 300rb 2bln 25k 14hr 2thn 1M",
         "7 juta 300 ribu 2 bulan 25 ribu 14 hari 2 tahun 1 miliar"),
        ("Rp7.000.000,- USD1200 Rp.5.000", "rupiah 7.000.000 usd 1200 rupiah 5.000"),
        ("US$4.200 800$ 5% 30jt++ $1", "us $ 4.200 800 $ 5 % 30 juta ++ $ 1"),
        ("usia18-35 gaji7jt", "usia 18 - 35 gaji 7 juta"),
        ("7-12jt/bln 10 s/d 15 jt 18 - 25 juta 800–1200",
         "7 - 12 juta bulan 10 - 15 juta 18 - 25 juta 800 - 1200"),
        ("Rp7jt-Rp9jt 20.000 ~ 22.000", "rupiah 7 juta - rupiah 9 juta 20.000 - 22.000"),
        ("s/d 20 juta - mess", "sampai dengan 20 juta asrama"),
        ("10an 8jutaan", "10 an 8 jutaan"),
        ("7 j u t a/b l n", "7 juta bulan"),
        ("negara K, 5 k", "negara k 5 ribu"),
        ("tinggi 155 cm, 0812-0000-1234", "tinggi 155 cuma 081200001234"),
    ],
)  # fmt: skip
def test_numbers_and_units(normalizer: Normalizer, text: str, expected: str) -> None:
    assert " ".join(norms(normalizer, text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("v i s a  t u r i s aja", "visa turis saja"),
        ("v i s a t u r i s aja", "visa turis saja"),
        ("k e k a m b o j a", "ke kamboja"),
        ("a b c d", "a b c d"),
        ("x w z g a j q", "x w z g a j q"),
        ("gaji//besar visa_turis no~scam luar¦negeri",
         "gaji besar visa turis nomor scam luar negeri"),
        ("a/n Budi, l.n u/ w.a y' ke2", "atas nama budi luar negeri untuk whatsapp ya kedua"),
        ("lgsg brgkt, gak ribet", "langsung berangkat tidak rumit"),
        ("open bo tiket pp no tipu2", "layanan seks tiket pulang pergi tidak menipu"),
        ("#lokerkamboja #TkiHongkong", "lowongan kerja kamboja tki hongkong"),
        ("*gaji* _mudah_ ~bohong~ (besar)", "gaji mudah bohong besar"),
        ("gajine gedhe, ora nganggo ribet, ojo kondo wong tuwamu",
         "gajine besar tidak pakai rumit jangan bilang orang tua"),
        ("ta' majar, gajina raja", "tidak bayar gaji besar"),
        ("Raja Ampat tinggal duduk aja", "raja ampat tinggal duduk saja"),
        ("ke 🇰🇭✈️ besok 💰", "ke 🇰🇭 besok"),
        ("k*t*k j*dol* *promo*", "k t k judi online promo"),
        ("cek https://wa.me/6281200001234. @contoh_migran",
         "cek https://wa.me/6281200001234 @contoh_migran"),
    ],
)  # fmt: skip
def test_words_come_in_standard_form(normalizer: Normalizer, text: str, expected: str) -> None:
    assert " ".join(norms(normalizer, text)) == expected


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("no", ("nomor", "no")),
        ("real", ("asli", "real")),
        ("an", ("an",)),
        ("fit", ("fit",)),
        ("tipu2", ("tipu-tipu", "tipu")),
        ("orang-orangnya", ("orang-orangnya", "orang-orang", "orang")),
        ("gajinya", ("gajinya", "gaji")),
        ("gajine", ("gajine", "gaji")),
        ("gajihna", ("gajihna", "gaji")),
        ("budhale", ("berangkat",)),
        ("bayarlah", ("bayarlah", "bayar")),
        ("masalah", ("masalah",)),
        ("ktp", ("ktp",)),
        ("++", ("++", "+")),
    ],
)
def test_readings_of_a_word(normalizer: Normalizer, text: str, forms: tuple[str, ...]) -> None:
    assert token(normalizer, text).forms == forms


def test_short_form_of_several_words_gives_tokens_of_one_span(normalizer: Normalizer) -> None:
    tokens = normalizer.read("minat, kerja LN").tokens
    assert [(t.norm, t.start, t.end) for t in tokens[-2:]] == [("luar", 13, 15), ("negeri", 13, 15)]
    tokens = normalizer.read("ada Open  BO").tokens
    assert [(t.text, t.start, t.end) for t in tokens[1:]] == [("Open  BO", 4, 12)] * 2


def test_pack_phrase_meets_text_in_the_same_form(normalizer: Normalizer) -> None:
    phrases = {
        *("no tipu2", "visa turis", "kerja LN", "gak usah", "no hp", "part-time", "nomor hp"),
    }
    trie = PhraseTrie((normalizer.words(phrase), phrase) for phrase in phrases)
    text = "NO TIPU2, v1s4 tur1s; kerja luar negeri! tdk usah. no hp part time"
    assert {phrase for _, _, phrase in trie.find(normalizer.read(text))} == phrases


def test_slots_of_a_phrase_are_left_alone(normalizer: Normalizer) -> None:
    assert normalizer.words("gaji <money> per <{period}>") == (
        "gaji",
        "<money>",
        "per",
        "<{period}>",
    )


def test_phrases_undo_no_fold(normalizer: Normalizer) -> None:
    assert normalizer.words("g4j1 hr besaaar") == ("g4j1", "hr", "besaaar")


def test_short_forms_inside_a_standard_form_are_spelled_out() -> None:
    normalizer = Normalizer(
        {"a": Slang(("b", "x")), "b": Slang(("c",)), "p": Slang(("q",)), "q": Slang(("p",))},
        frozenset(),
    )
    assert norms(normalizer, "a p") == ["c", "x", "p"]


def test_empty_text_has_no_tokens(normalizer: Normalizer) -> None:
    document = normalizer.read("")
    assert document.tokens == ()
    assert document.cleaned == ""


def test_normalizer_survives_pickling(normalizer: Normalizer) -> None:
    text = "g4j1 7jt/bln lgsg brgkt"
    assert pickle.loads(pickle.dumps(normalizer)).read(text) == normalizer.read(text)


@pytest.mark.property
@given(text=TEXTS)
def test_any_text_is_read_and_every_token_quotes_it(normalizer: Normalizer, text: str) -> None:
    document = normalizer.read(text)
    last = 0
    for read in document.tokens:
        assert 0 <= read.start < read.end <= len(text)
        assert read.start >= last
        assert read.norm
        assert read.forms[0] == read.norm
        last = read.start
    for start, end in document.quotes:
        assert 0 <= start < end <= len(text)
    if document.tokens:
        assert document.tokens[0].starts_clause


@settings(max_examples=50)
@given(text=TEXTS)
def test_reading_does_not_depend_on_what_was_read_before(normalizer: Normalizer, text: str) -> None:
    fresh: Normalizer = pickle.loads(pickle.dumps(normalizer))
    assert fresh.read(text) == normalizer.read(text)


@pytest.mark.parametrize(
    "text",
    ["!" * 20_000, "a " * 10_000, "1 l " * 5_000, "&amp;" * 4_000, "a@" * 10_000, "' a" * 6_000,
     "1-" * 10_000, "\U0001f1f0" * 20_000, "a" + "\u0301" * 19_999, "а" * 20_000,
     "g a j i " * 2_500],
)  # fmt: skip
def test_long_odd_texts_are_read(normalizer: Normalizer, text: str) -> None:
    assert len(normalizer.read(text).cleaned) <= 20_000
