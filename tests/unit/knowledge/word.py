"""Word documents and archives that only look like one, made for the tests."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def paragraphs(*texts: str) -> bytes:
    """A document of plain paragraphs, as the library writes it."""
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def document_xml(body: str, head: str = "") -> str:
    """``document.xml`` around ``body``."""
    return f'{head}<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'


def archive(document: str | bytes | None, *others: tuple[str, bytes], types: str = TYPES, rels: str = RELS) -> bytes:
    """A package of the least that a document needs; ``document`` is its ``document.xml``."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", types)
        package.writestr("_rels/.rels", rels)
        if document is not None:
            package.writestr("word/document.xml", document)
        for name, data in others:
            package.writestr(name, data)
    return out.getvalue()


def encrypted(data: bytes) -> bytes:
    """``data`` with the flag that its entries are encrypted."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = data.find(signature)
        while at >= 0:
            changed[at + offset] |= 1
            at = data.find(signature, at + 4)
    return bytes(changed)
