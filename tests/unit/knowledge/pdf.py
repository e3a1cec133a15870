"""Small PDFs for the tests, written by hand: Chinese text in a font that every reader brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842
FULL = 30  # characters of a full line
_FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    b"/DW 1000/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)


@dataclass(frozen=True)
class Placed:
    """A text on a page, ``left`` and ``bottom`` in points."""

    text: str
    left: float = 60
    bottom: float = 700
    size: float = 14


def body(*lines: str, top: float = 760, leading: float = 24) -> list[Placed]:
    """Lines of a page below each other; an ideographic space at the beginning is an indent."""
    return [
        Placed(line.lstrip("\u3000"), 60 + 14 * (len(line) - len(line.lstrip("\u3000"))), top - number * leading)
        for number, line in enumerate(lines)
    ]


def pdf(*pages: Sequence[Placed], trailer: bytes = b"") -> bytes:
    """A PDF of these pages."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", _FONT]
    kids = []
    for page in pages:
        drawn = b"".join(
            b"BT /F1 %.1f Tf %.1f %.1f Td <%s> Tj ET\n"
            % (one.size, one.left, one.bottom, one.text.encode("utf-16-be").hex().encode())
            for one in page
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
            % (WIDTH, HEIGHT, len(objects))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    begins = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, begins)
    return bytes(out)
