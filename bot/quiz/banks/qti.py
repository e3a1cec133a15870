"""QTI 2.1: an ``assessmentItem`` a question, alone or in a content package (a zip with imsmanifest.xml)."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any, Final

from bot.errors import DocumentError
from bot.knowledge.import_.office_archive import refuse_harmful_entries
from bot.quiz.banks.interpret import GAP, RawQuestion, mixed_order
from bot.quiz.banks.model import LETTERS, MAX_QUESTIONS, BankFault, BankQuestion
from bot.quiz.banks.written import Capacity, WrittenBank
from bot.quiz.banks.xml_form import local_name, parse_xml
from bot.wording import Banks, Document

CAPACITY: Final = Capacity()
_NAMESPACE: Final = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE: Final = "http://www.imsglobal.org/xsd/imscp_v1p1"
_TEMPLATE: Final = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
_INTERACTIONS: Final = frozenset(
    {"choiceInteraction", "orderInteraction", "textEntryInteraction", "inlineChoiceInteraction"}
)
_MEDIA: Final = frozenset({"img", "object", "math", "video", "audio"})
_BLOCKS: Final = frozenset({"p", "div", "li", "br", "prompt", "tr", "pre", "blockquote", "h1", "h2", "h3"})
_LABELS: Final = {"chapter": "章节：", "difficulty": "难度：", "source": "出处："}
_SPACES: Final = re.compile(r"[^\S\u3000]+")  # blanks are wide spaces
_MANIFEST: Final = "imsmanifest.xml"


def is_qti(root: Any) -> bool:
    """Whether ``root`` is that of an item of QTI, or of several."""
    return any(local_name(node) == "assessmentItem" for node in root.iter())


def read_qti(root: Any, file: str = "") -> list[RawQuestion | BankFault]:
    """The questions of an XML document with items of QTI; ``file`` names its place in a package."""
    found: list[RawQuestion | BankFault] = []
    for node in root.iter():
        if local_name(node) == "assessmentItem":
            place = Banks.FILE_PLACE.format(file=file) if file else Banks.LINE.format(line=node.sourceline)
            found.append(_item(node, place))
    return found


def read_package(data: bytes) -> list[RawQuestion | BankFault]:
    """The questions of a content package, in the order of its manifest. Raises DocumentError."""
    found: list[RawQuestion | BankFault] = []
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            refuse_harmful_entries(archive.infolist(), MAX_QUESTIONS + 10)
            for name in _in_order(archive):
                root = parse_xml(archive.read(name))
                if is_qti(root):
                    found += read_qti(root, name)
    except DocumentError:
        raise
    except Exception as error:  # zipfile raises half a dozen kinds for a forged archive
        raise DocumentError(Document.NO_ZIP) from error
    if not found:
        raise DocumentError(Banks.EMPTY_ARCHIVE)
    return found


def _in_order(archive: zipfile.ZipFile) -> list[str]:
    names = [name for name in archive.namelist() if name.lower().endswith(".xml") and name != _MANIFEST]
    if _MANIFEST not in archive.namelist():
        return names
    manifest = parse_xml(archive.read(_MANIFEST))
    listed = [node.get("href", "") for node in manifest.iter() if local_name(node) == "resource"]
    return [*(name for name in listed if name in names), *(name for name in names if name not in set(listed))]


def _item(item: Any, place: str) -> RawQuestion:
    raw = RawQuestion(place, exact=True)
    body = next((node for node in item.iter() if local_name(node) == "itemBody"), None)
    interactions = [] if body is None else [node for node in body.iter() if local_name(node).endswith("Interaction")]
    if body is None or not interactions:
        raw.stem = "" if body is None else _said(body)
        raw.kind, raw.kind_name = "unmarked", Banks.THIS_KIND
        return raw
    _read_labels(raw, body)
    raw.stem = _said(body)
    if any(local_name(node) in _MEDIA for node in body.iter()):
        raw.notes.append(Banks.MEDIA)
    raw.explanation = "\n".join(_said(node) for node in item if local_name(node) == "modalFeedback")
    names = {local_name(node) for node in interactions}
    if len(interactions) == 1 and names <= {"choiceInteraction", "orderInteraction"}:
        _read_choices(raw, item, interactions[0])
    elif names == {"textEntryInteraction"}:
        _read_entries(raw, item, interactions)
    else:
        raw.kind, raw.kind_name = "unmarked", next(iter(names - {"choiceInteraction"}), Banks.THIS_KIND)
    return raw


def _read_labels(raw: RawQuestion, body: Any) -> None:
    """What the authors are told alone: the chapter, the difficulty, the source."""
    for block in body.iter():
        if local_name(block) != "rubricBlock" or "author" not in block.get("view", ""):
            continue
        for line in block:
            text = _said(line)
            for name, label in _LABELS.items():
                if text.startswith(label):
                    setattr(raw, name, text.removeprefix(label))


def _said(node: Any) -> str:
    """What a candidate reads of ``node``, a paragraph a line; of options nothing, of a field to type in a blank."""
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(_pieces(node, top=True)).split("\n"))
    return "\n".join(line for line in lines if line and line != _FIELD).replace(_FIELD, GAP)


_FIELD: Final = "\ufffc"  # stands for a field to type in


def _pieces(node: Any, *, top: bool = False) -> Iterator[str]:
    name = local_name(node)
    if name in {"rubricBlock", "simpleChoice", "feedbackInline", "feedbackBlock"} and not top:
        yield _unfolded(node.tail)
        return
    if name == "textEntryInteraction":
        yield _FIELD + _unfolded(node.tail)
        return
    yield "\n" if name in _BLOCKS else ""
    yield _unfolded(node.text)
    for child in node:
        yield from _pieces(child)
    yield "\n" if name in _BLOCKS else ""
    if not top:
        yield _unfolded(node.tail)


def _unfolded(text: str | None) -> str:
    return (text or "").replace("\n", " ").replace("\t", " ")


def _declarations(item: Any) -> dict[str, Any]:
    return {node.get("identifier", ""): node for node in item if local_name(node) == "responseDeclaration"}


def _right_values(declaration: Any) -> list[str]:
    return [
        "".join(value.itertext()).strip()
        for correct in declaration
        if local_name(correct) == "correctResponse"
        for value in correct
        if local_name(value) == "value"
    ]


def _read_choices(raw: RawQuestion, item: Any, interaction: Any) -> None:
    choices = [node for node in interaction.iter() if local_name(node) == "simpleChoice"]
    identifiers = [node.get("identifier", "") for node in choices]
    raw.options = [(LETTERS[at : at + 1], _said(node)) for at, node in enumerate(choices)]
    declaration = _declarations(item).get(interaction.get("responseIdentifier", ""))
    right = [] if declaration is None else _right_values(declaration)
    known = [identifiers.index(value) for value in right if value in identifiers]
    raw.answer = "".join(LETTERS[at : at + 1] for at in known)
    cardinality = "single" if declaration is None else declaration.get("cardinality", "single")
    if local_name(interaction) == "orderInteraction":
        raw.kind = "order"
        if known == list(range(len(choices))):
            mixed_order(raw)
    else:
        raw.kind = "several" if cardinality == "multiple" else "single"


def _read_entries(raw: RawQuestion, item: Any, interactions: Sequence[Any]) -> None:
    declarations = _declarations(item)
    raw.kind = "fill"
    forms: list[list[str]] = []
    for interaction in interactions:
        declaration = declarations.get(interaction.get("responseIdentifier", ""))
        if declaration is None:
            return
        mapped = [
            entry.get("mapKey", "")
            for entry in declaration.iter()
            if local_name(entry) == "mapEntry" and _is_positive(entry.get("mappedValue", "0"))
        ]
        forms.append(list(dict.fromkeys([*_right_values(declaration), *mapped])))
    if len(forms) == 1:
        raw.accepted = forms[0]
    elif all(forms):
        raw.accepted = ["；".join(one[0] for one in forms)]


def _is_positive(value: str) -> bool:
    try:
        return float(value) > 0
    except ValueError:
        return False


def write_qti(questions: Sequence[BankQuestion]) -> WrittenBank:
    """``questions`` as a content package of QTI 2.1."""
    from lxml import etree  # noqa: PLC0415 - only these formats need it

    manifest = etree.Element(f"{{{_PACKAGE}}}manifest", nsmap={None: _PACKAGE}, identifier="BANK")
    metadata = etree.SubElement(manifest, f"{{{_PACKAGE}}}metadata")
    etree.SubElement(metadata, f"{{{_PACKAGE}}}schema").text = "QTIv2.1 Package"
    etree.SubElement(metadata, f"{{{_PACKAGE}}}schemaversion").text = "1.0.0"
    etree.SubElement(manifest, f"{{{_PACKAGE}}}organizations")
    resources = etree.SubElement(manifest, f"{{{_PACKAGE}}}resources")
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, question in enumerate(questions, start=1):
            identifier = f"Q{number:05d}"
            name = f"items/{identifier}.xml"
            resource = etree.SubElement(
                resources, f"{{{_PACKAGE}}}resource", identifier=identifier, type="imsqti_item_xmlv2p1", href=name
            )
            etree.SubElement(resource, f"{{{_PACKAGE}}}file", href=name)
            archive.writestr(_entry(name), _xml(_written(question, identifier)))
        archive.writestr(_entry(_MANIFEST), _xml(manifest))
    return WrittenBank(out.getvalue(), len(questions), CAPACITY.losses(questions))


def _entry(name: str) -> zipfile.ZipInfo:
    """An entry without the time of the day: the same questions give the same bytes."""
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _xml(root: Any) -> bytes:
    from lxml import etree  # noqa: PLC0415 - see write_qti

    data: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return data


def _add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    from lxml import etree  # noqa: PLC0415 - see write_qti

    node = etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}", **attributes)
    if text:
        node.text = text
    return node


def _written(question: BankQuestion, identifier: str) -> Any:
    from lxml import etree  # noqa: PLC0415 - see write_qti

    title = " ".join(question.stem.split())[:60]
    item = etree.Element(f"{{{_NAMESPACE}}}assessmentItem", nsmap={None: _NAMESPACE})
    for name, value in (
        ("identifier", identifier),
        ("title", title),
        ("adaptive", "false"),
        ("timeDependent", "false"),
    ):
        item.set(name, value)
    cardinality = {"several": "multiple", "order": "ordered"}.get(question.kind, "single")
    base = "string" if question.kind == "fill" else "identifier"
    declaration = _add(item, "responseDeclaration", identifier="RESPONSE", cardinality=cardinality, baseType=base)
    correct = _add(declaration, "correctResponse")
    for value in _correct(question):
        _add(correct, "value", value)
    if question.kind == "fill":
        mapping = _add(declaration, "mapping", defaultValue="0")
        for form in question.accepted:
            _add(mapping, "mapEntry", mapKey=form, mappedValue="1", caseSensitive="false")
    _add(item, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    _add(item, "outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier")
    _write_body(item, question)
    _add(
        item,
        "responseProcessing",
        template=_TEMPLATE + ("map_response" if question.kind == "fill" else "match_correct"),
    )
    if question.explanation:  # shown unless FEEDBACK said otherwise, which it never does
        feedback = _add(item, "modalFeedback", outcomeIdentifier="FEEDBACK", identifier="NONE", showHide="hide")
        for line in question.explanation.split("\n"):
            _add(feedback, "p", line)
    return item


def _correct(question: BankQuestion) -> list[str]:
    if question.kind == "fill":
        return [question.accepted[0]]
    return [_identifier(question, index) for index in question.correct]


def _identifier(question: BankQuestion, index: int) -> str:
    return ("true", "false")[index] if question.kind == "true_false" else LETTERS[index]


def _write_body(item: Any, question: BankQuestion) -> None:
    body = _add(item, "itemBody")
    told = [f"{label}{getattr(question, name)}" for name, label in _LABELS.items() if getattr(question, name)]
    if told:
        rubric = _add(body, "rubricBlock", view="author")
        for text in told:
            _add(rubric, "p", text)
    for line in question.stem.split("\n"):
        _add(body, "p", line)
    if question.kind == "fill":
        _add(_add(body, "p"), "textEntryInteraction", responseIdentifier="RESPONSE", expectedLength="30")
        return
    is_order = question.kind == "order"
    most = "0" if question.kind == "several" else "1"
    more = {} if is_order else {"maxChoices": most}
    shuffle = "false" if question.kind == "true_false" else "true"
    name = "orderInteraction" if is_order else "choiceInteraction"
    interaction = _add(body, name, responseIdentifier="RESPONSE", shuffle=shuffle, **more)
    for index, option in enumerate(question.options):
        _add(interaction, "simpleChoice", option, identifier=_identifier(question, index))
