"""The numbers that Word counts by itself (自动编号), as a reader sees them: 第一条, （二）, 1.1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.text import spell_count

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MAX_COUNT = 9_999  # no list is longer; what says so is counted as it comes
LEVELS = 9
MAX_ROMAN = 3_999
MAX_LETTER = 26 * 5  # AAAAA
_MAX_STYLES = 20  # styles that are based on each other
_CHINESE: Final = frozenset(
    {
        "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
        "taiwaneseCountingThousand", "ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand",
    }
)  # fmt: skip
_LEGAL: Final = str.maketrans("一二三四五六七八九十百千〇", "壹贰叁肆伍陆柒捌玖拾佰仟零")
_NAMES: Final = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
}
_ROMAN: Final = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_CLOSED: Final = "、，）)】》：:"


class ListNumbers:
    """Counts the paragraphs of a document in their order. ``numbering`` and ``styles`` are the roots of these parts."""

    def __init__(self, numbering: BaseOxmlElement | None, styles: BaseOxmlElement | None) -> None:
        abstract = {_value(one, "abstractNumId"): one for one in _all(numbering, "abstractNum")}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}  # lists that are counted together
        for one in _all(numbering, "num"):
            id_, counted = _value(one, "numId"), _value(one.find(f"{W}abstractNumId"))
            self._levels[id_] = _levels_of(one, abstract.get(counted))
            self._abstract[id_] = counted
        self._styles = {_value(one, "styleId"): one for one in _all(styles, "style")}
        self._default = next((id_ for id_, one in self._styles.items() if _is_default(one)), "")
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label_of(self, paragraph: BaseOxmlElement) -> str:
        """What stands in front of ``paragraph``, with the space behind it; nothing if it is not numbered."""
        id_, level = self._place_of(paragraph)
        levels = self._levels.get(id_)
        if levels is None or level not in levels:
            return ""
        counts = self._counts.setdefault(self._abstract[id_], [None] * LEVELS)
        start = levels[level].start
        count = counts[level]
        if (id_, level) not in self._begun and levels[level].restarts:
            count = None
        self._begun.add((id_, level))
        counts[level] = start if count is None else min(count + 1, MAX_COUNT)
        for lower in range(level + 1, LEVELS):
            if lower not in levels or levels[lower].restart_below(level):
                counts[lower] = None
        return levels[level].label(counts, levels)

    def _place_of(self, paragraph: BaseOxmlElement) -> tuple[str, int]:
        """The list that ``paragraph`` is in, as it says or as its style does, and the level."""
        properties = paragraph.find(f"{W}pPr")
        style = self._default
        id_: str | None = None
        level: int | None = None
        for _ in range(_MAX_STYLES):
            numbered = properties.find(f"{W}numPr") if properties is not None else None
            if numbered is not None:
                if id_ is None and (found := numbered.find(f"{W}numId")) is not None:
                    id_ = _value(found)
                if level is None and (found := numbered.find(f"{W}ilvl")) is not None:
                    level = _number(_value(found), 0, LEVELS - 1)
            named = properties.find(f"{W}pStyle") if properties is not None else None
            style = _value(named) if named is not None else style
            one = self._styles.get(style)
            if one is None or id_ is not None:
                break
            properties = one.find(f"{W}pPr")
            based = one.find(f"{W}basedOn")
            style = _value(based) if based is not None else ""
        return id_ or "", self._level_of(id_ or "", paragraph, level)

    def _level_of(self, id_: str, paragraph: BaseOxmlElement, level: int | None) -> int:
        if level is not None:
            return level
        properties = paragraph.find(f"{W}pPr")
        named = properties.find(f"{W}pStyle") if properties is not None else None
        style = _value(named) if named is not None else ""
        return next((number for number, one in self._levels.get(id_, {}).items() if style and one.style == style), 0)


class _Level:
    """How one level of a list is numbered."""

    def __init__(self, level: BaseOxmlElement, start: int | None) -> None:
        begins = level.find(f"{W}start")
        self.restarts = start is not None
        self.start = start if start is not None else _number(_value(begins), 1) if begins is not None else 0
        kind = level.find(f"{W}numFmt")
        self.kind = _value(kind) if kind is not None else "decimal"
        text = level.find(f"{W}lvlText")
        self.text = _value(text) if text is not None else ""
        suffix = level.find(f"{W}suff")
        self.suffix = _value(suffix) if suffix is not None else "tab"
        style = level.find(f"{W}pStyle")
        self.style = _value(style) if style is not None else ""
        legal = level.find(f"{W}isLgl")
        self.is_legal = legal is not None and _value(legal) not in {"0", "false"}
        restart = level.find(f"{W}lvlRestart")
        self._restart = _number(_value(restart), LEVELS) if restart is not None else None

    def restart_below(self, level: int) -> bool:
        """Whether this level begins anew when ``level``, above it, is counted on."""
        return self._restart is None or (self._restart != 0 and level < self._restart)

    def label(self, counts: list[int | None], levels: dict[int, _Level]) -> str:
        """The text in front of a paragraph, given how far each level is counted."""
        if self.kind in {"bullet", "none"} or not self.text:
            return ""
        label = self.text
        for number, level in levels.items():
            if f"%{number + 1}" in label:
                count = counts[number]
                kind = "decimal" if self.is_legal else level.kind
                label = label.replace(f"%{number + 1}", _spelled(level.start if count is None else count, kind))
        label = label.strip()
        return label if not label or label[-1] in _CLOSED or self.suffix == "nothing" else f"{label} "


def _levels_of(num: BaseOxmlElement, abstract: BaseOxmlElement | None) -> dict[int, _Level]:
    own: dict[int, BaseOxmlElement] = {}
    starts: dict[int, int] = {}
    for override in _all(num, "lvlOverride"):
        number = _number(_value(override, "ilvl"), 0, LEVELS - 1)
        if (level := override.find(f"{W}lvl")) is not None:
            own[number] = level
        if (start := override.find(f"{W}startOverride")) is not None:
            starts[number] = _number(_value(start), 1)
    found = {_number(_value(level, "ilvl"), 0, LEVELS - 1): level for level in _all(abstract, "lvl")} | own
    return {number: _Level(level, starts.get(number)) for number, level in sorted(found.items())}


def _spelled(count: int, kind: str) -> str:
    if kind in _CHINESE:
        return spell_count(count)
    if kind == "chineseLegalSimplified":
        return spell_count(count).translate(_LEGAL)
    if kind in {"upperRoman", "lowerRoman"} and 1 <= count <= MAX_ROMAN:
        return _roman(count) if kind == "upperRoman" else _roman(count).lower()
    if kind in {"upperLetter", "lowerLetter"} and 1 <= count <= MAX_LETTER:
        letter = chr(ord("A" if kind == "upperLetter" else "a") + (count - 1) % 26)
        return letter * ((count - 1) // 26 + 1)
    names = _NAMES.get(kind, "")
    if 1 <= count <= len(names):
        return names[count - 1]
    return f"{count:02d}" if kind == "decimalZero" else str(count)


def _roman(count: int) -> str:
    roman = ""
    for value, sign in _ROMAN:
        roman += sign * (count // value)
        count %= value
    return roman


def _is_default(style: BaseOxmlElement) -> bool:
    return _value(style, "default") in {"1", "true", "on"} and _value(style, "type") == "paragraph"


def _all(node: BaseOxmlElement | None, name: str) -> list[BaseOxmlElement]:
    return [] if node is None else list(node.findall(f"{W}{name}"))


def _value(node: BaseOxmlElement | None, name: str = "val") -> str:
    return "" if node is None else str(node.get(f"{W}{name}", ""))


def _number(text: str, default: int, most: int = MAX_COUNT) -> int:
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) <= 9 else default
