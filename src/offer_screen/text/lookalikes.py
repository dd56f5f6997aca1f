"""Characters that pass for plain letters: the tables behind the Unicode clean-up.

What Unicode itself declares equal (NFKC) is not repeated here.
"""

from __future__ import annotations


def _row(letters: str, plain: str) -> dict[str, str]:
    return dict(zip(letters, plain, strict=True))


STYLED: dict[str, str] = {
    **_row("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz"),
    **_row("ɑɡıȷʋɩɾĸ", "agijuirk"),
    **_row("øłđħŧƀɨʉØŁĐĦŦɃƗɄ", "oldhtbiuOLDHTBIU"),
    **_row("ᗩᗷᑕᗪᗴᖴᘜᕼᒍᒪᗰᑎᑭᖇᔕᑌᐯᗯᘔ", "ABCDEFGHJLMNPRSUVWZ"),
    **{chr(0x1F150 + i): chr(ord("A") + i) for i in range(26)},  # negative circled
    **{chr(0x1F170 + i): chr(ord("A") + i) for i in range(26)},  # negative squared
    **{chr(0x2776 + i): str(i + 1) for i in range(10)},
    **{chr(0x2780 + i): str(i + 1) for i in range(10)},
    **{chr(0x278A + i): str(i + 1) for i in range(10)},
    **{chr(0x24EB + i): str(i + 11) for i in range(10)},
    "🆎": "AB",
    "🆑": "CL",
    "🆒": "COOL",
    "🆓": "FREE",
    "🆔": "ID",
    "🆕": "NEW",
    "🆗": "OK",
    "🆙": "UP",
    "🔟": "10",
    "⓿": "0",
}
"""Styled letters and digits that NFKC leaves alone."""

PUNCTUATION: dict[str, str] = {
    **dict.fromkeys("‐‑−﹣－⁻", "-"),
    **dict.fromkeys("〜∼～˜", "~"),
    **dict.fromkeys("ʼʻʹ′´ˈꞌ＇", "'"),
    **dict.fromkeys("″＂", '"'),
    "™": " ",
    "ℹ": "ℹ",
}
"""Punctuation brought to one form; the information sign is no letter."""

SCRIPTS = "\u0370-\u03ff\u0400-\u052f\u0531-\u0587"
"""Greek, Cyrillic and Armenian, as the inside of a character class."""

HOMOGLYPHS: dict[str, str] = {
    **_row("аеорсухіјѕԁԛԝһӏёївкмнтьґ", "aeopcyxijsdqwhleibkmhtbr"),
    **_row("АВЕКМНОРСТУХІЈЅԀԚԜӀЁЇҺ", "ABEKMHOPCTYXIJSDQWIEIH"),
    **_row("αβγεηικνορτυχωϲϳά", "abyenikvoptuxwcja"),
    **_row("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ", "ABEZHIKMNOPTYXCJ"),
    **_row("όίέύδσ", "oieudo"),
    **_row("օսոցհՕՍԼ", "ounghOUL"),
}
"""Letters of other scripts and the Latin letter that each looks like."""

COUNTRIES = frozenset(
    """
    AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CP CR CU CV CW CX CY CZ DE DG DJ DK DM DO
    DZ EA EC EE EG EH ER ES ET EU FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT
    GU GW GY HK HM HN HR HT HU IC ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR
    KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU
    MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY
    QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG
    TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM UN US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA
    ZM ZW
    """.split()
)
"""Pairs of regional indicators that Unicode draws as a flag; any other pair is two letters."""
