"""Offers of every kind, good records and bad."""

from __future__ import annotations

import pyarrow as pa

COLUMNS: dict[str, list[object]] = {
    "text": [
        "Dicari admin online penempatan Kamboja, gaji 1000 USD, visa turis dulu, paspor dipegang",
        None,
        "Lowongan kasir toko di Semarang, gaji UMK, hubungi Ibu Contoh 0812-0000-1234",
        "  \n",
        "x" * 20_001,
        "Transfer deposit dulu Rp500.000, tugas like dan komisi cair tiap hari",
        "Waspada tawaran kerja ke Kamboja pakai visa turis, jangan tergiur",
        "",
        "𝗴𝗮𝗷𝗶 b e s a r \x00 😀",
        "Can anyone tell me whether this is a real job?",
        "ok",
    ],
    "id": ["a", "b", None, "0812-0000-1234", "e", "f", "g", "h", "😀", "", "k"],
}

NOT_UTF8 = (
    2,
    pa.py_buffer(b"".join(at.to_bytes(4, "little") for at in (0, 2, 12))),
    pa.py_buffer(b"a\xffvisa turis"),
)
"""Buffers of a column whose first cell no decoder takes."""
