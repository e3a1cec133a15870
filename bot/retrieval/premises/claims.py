"""What a question claims and the passage that answers it says otherwise: a figure, a rank, a name's number, a scope.

«增速是20%吧» asks whether a figure is right; the passage says that it is 18.7%. So the question is answered, and told
what it had wrong. A figure that only sets a case («工龄15年有几天») claims nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.retrieval.premises.figures import DATE, DURATIONS, Figure, agrees, read_figures, same_kind

_N: Final = "一二两三四五六七八九十"
_WH: Final = re.compile("多少|几[^乎]|什么|哪|谁|怎么|怎样|如何|为何|为啥|多久|多长|多大")
_ENDING: Final = re.compile(
    "(?:是不是|对不对|是吗|是吧|对吗|对吧|没错吧|对么|吗|吧|么|嘛|呢|啊|呀|的|真的|属实|是真的|没有|了|没)*$"
)
_MODAL: Final = re.compile("[能会可要算还就行该需应得罚]|怎|多少|几|是否|是不是")
_ORDINAL: Final = re.compile(rf"第(?P<number>[{_N}]|[0-9]+)(?=名|位|$|吗|吧|对|是吗|是吧|是不是|没错|的|了|呢|啊|么)")
_STATED_ORDINAL: Final = re.compile(rf"第(?P<number>[{_N}]|[0-9]+)(?=名|位|$)")
SCOPE: Final = re.compile("全(?:国|省|市|区|县|州|镇|乡|村|校|院|厂|球|系统|行业|集团)|世界|国内|本省|本市")
WIDE_SCOPE: Final = re.compile("全国|全省|全市(?!场)")
"""A scope wider than most documents speak of."""
_BOUND: Final = re.compile(
    "满|超过|不足|不少于|不低于|不超过|最多|最少|至少|每|未达|达到|低于|高于|多于|少于|至|-|不到|以[上下内外]|之内|[内前]$"
)
_TURNS: Final = re.compile("(?:就|才|准时)?(?:[开关闭](?:门|馆|会|始|放)|[上下]班|结束|召开|到|$|[吗吧对是])")
"""Behind a time of day: something begins or ends then."""
_COUNTED: Final = frozenset(
    "个次场件种批步级层家份支队"
)  # 一个, 一次: an article, unless it is said that it is only one
_ONLY: Final = re.compile("[只仅就是才多少能]$")
_CONFIRMED: Final = re.compile("^(?!.*还是).*(?:吗|吧|对不对|是不是|没错|属实|么)$")
_LEAST_NAME = 3  # characters behind a number that are a name, whatever they are
_ROUNDING = 0.05  # a month of 30 days is one, and so is one of 31
_OPENED: Final = {
    "": "多少",
    "月": "几月",
    ":": "几点",
    "年份": "哪年",
    "元": "多少钱",
    "%": "百分之多少",
    "个": "多少",
}
"""How a figure of that unit is asked for; any other by 多少 with the unit."""
_WHETHER: Final = re.compile("是不是|是否|难道")
_IS: Final = re.compile("(?:难道|应该|应当|大概|好像|可能|就|还)*(?:不是|是不是|不应该是|是否|不就是|是)$")
_CONFIRMS: Final = re.compile("^(?!.*还是).*(?:是不是|是否|难道|对不对|不是)")
_AS: Final = "(?:当作|作为|当成|看作|看成|视为|当做|定为|列为)"
_ROLE: Final = "(?P<role>第[一二三四五][^的是不就应吗吧对么]{2,4}|[^的是吗吧对么]{2,6})"
_END: Final = "(?:这?个|的|来着|这话)*(?:是不是|对不对|是吗|是吧|对吗|对吧|对么|吗|吧|么|嘛|呢|啊|呀|真的|属实|没错)*$"
_CLAIMED_ROLES: Final = tuple(
    map(
        re.compile,
        (
            rf"(?:把|将|以)(?P<who>[^把将以]{{2,12}}?){_AS}了?{_ROLE}{_END}",
            rf"(?P<role>第[一二三四五][^的是不就应吗吧对么]{{2,4}})(?:不就是|不是|是不是|应该是|就是|是)(?P<who>[^的]{{2,10}}?){_END}",
            rf"(?:^|说|讲)(?P<who>[^的说讲]{{2,10}}?)(?:不就是|不是|是不是|应该是|就是|是|才是)(?P<role>第[一二三四五][^的是不就应吗吧对么]{{2,4}}){_END}",
        ),
    )
)
_MEASURES: Final = re.compile(r"[\u4e00-\u9fff]{2}(?:是|为|要|收)多少$")
_NEAR = 6  # characters around a figure in which a bound of it stands


def wrong_claim(core: str, passage: Sequence[str], document: str, names: Collection[str]) -> str:
    """What ``core`` claims and ``passage`` says otherwise, as it stands in ``core``; empty if there is nothing.

    ``passage`` has its clauses, ``document`` the whole source, both in one spelling as ``core`` is; ``names`` are terms
    of the document. The passage has to say something of the same kind: per cent for per cent, a rank for a rank.
    """
    return (
        _wrong_rank(core, passage)
        or _wrong_name(core, passage, document, names)
        or _wrong_date(core, passage)
        or _wrong_figure(core, passage, document)
        or _wrong_scope(core, passage)
        or _wrong_role(core, passage)
    )


def sets_a_case(figure: Figure, passage: Sequence[str]) -> bool:
    """Whether ``passage`` has a bound or a range of the kind of ``figure``, so that it may set a case of it."""
    for clause in passage:
        for stated in read_figures(clause):
            around = clause[max(stated.start - _NEAR, 0) : stated.start] + clause[stated.end : stated.end + _NEAR]
            if same_kind(figure, stated) and _BOUND.search(around):
                return True
    return False


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure to be confirmed: ``asked`` is the question for it, «补助是多少钱» of «补助不是80元吗»."""

    figure: Figure
    asked: str

    @property
    def text(self) -> str:
        """The figure as it stands in the question."""
        return self.figure.text

    @property
    def bare(self) -> bool:
        """Whether it is a number that does not say of what: «不是80吗»."""
        return not self.figure.unit and not self.figure.scaled

    @property
    def is_measure(self) -> bool:
        """Whether something is said to be that number: «押金是100吧»."""
        return _MEASURES.search(self.asked) is not None

    def holds(self, passage: Sequence[str]) -> bool | None:
        """Whether the clauses of ``passage`` say the same; None if they have no figure of the kind."""
        stated = [figure for clause in passage for figure in read_figures(clause)]
        alike = [one for one in stated if self.bare or same_kind(self.figure, one)] or _durations(self.figure, stated)
        if self.bare:
            return any(self.figure.value == one.value for one in alike) if alike else None
        return any(agrees(self.figure, one) for one in alike) if alike else None


@dataclass(frozen=True, slots=True)
class NameClaim:
    """A term of the document with another number, to be confirmed: «“三个转型”是吧», ``asked`` as 两个转型."""

    text: str
    asked: str

    def holds(self, passage: Sequence[str]) -> bool | None:
        """False if a clause of ``passage`` has the term as the document has it; None if none has."""
        return False if any(self.asked in clause for clause in passage) else None


@dataclass(frozen=True, slots=True)
class RoleClaim:
    """What is said to be the document's ``role``, to be confirmed: «把招商引资当作第一要务吗»."""

    text: str
    role: str

    @property
    def asked(self) -> str:
        """The question for what the document gives that role."""
        return f"{self.role}是什么"

    def holds(self, passage: Sequence[str]) -> bool | None:
        """Whether the clauses of ``passage`` give the same that role; None if they give it to nothing."""
        stated = _holders(self.role, passage)
        return any(self.text in one or one in self.text for one in stated) if stated else None


def term_to_confirm(core: str, document: str, names: Collection[str]) -> NameClaim | RoleClaim | None:
    """The term of the ``document``, with its number or what it is said of, that ``core`` asks to be confirmed.

    ``document`` is the whole source by its clauses, in one spelling; ``names`` are terms of it.
    """
    if _WH.search(core) or not (_CONFIRMED.search(core) or _CONFIRMS.search(core)):
        return None
    clauses = document.split("\n")
    ending = _ENDING.search(core)
    claimed, stated = _misnamed(core[: ending.start()] if ending else core, clauses, document, names)
    named = max((name for name in names if stated.startswith(name)), key=len, default="")
    if len(named) >= _LEAST_NAME:
        return NameClaim(claimed[: len(named)], named)
    return _role_claimed(core, clauses)


def figure_to_confirm(core: str) -> Claim | None:
    """The one figure that ``core`` asks to be confirmed; None for every other question."""
    if _WH.search(core) or not (_CONFIRMED.search(core) or _WHETHER.match(core)):
        return None
    claimed = [one for one in read_figures(core) if is_claimed(core, one) and not _is_article(core, one)]
    if len(claimed) != 1:
        return None
    figure = claimed[0]
    ending = _ENDING.search(core, figure.end)
    before = _IS.sub("是", core[: figure.start])
    behind = core[figure.end : ending.start() if ending else len(core)]
    return Claim(figure, f"{before}{_OPENED.get(figure.unit, f'多少{figure.unit}')}{behind}")


def is_claimed(core: str, figure: Figure) -> bool:
    """Whether ``core`` asks whether ``figure`` is right, instead of for something else in the case of it."""
    if _WH.search(core):
        return False
    if figure.unit == ":" and not _TURNS.match(core, figure.end):
        return False
    ending = _ENDING.search(core, figure.end)
    return not _MODAL.search(core, figure.end, ending.start() if ending else len(core))


def _wrong_figure(core: str, passage: Sequence[str], document: str) -> str:
    stated = [figure for clause in passage for figure in read_figures(clause)]
    for figure in read_figures(core):
        if not figure.unit and not figure.scaled:
            continue
        if _is_article(core, figure):
            continue
        if (
            not figure.text[0].isascii()
            and core[figure.start : figure.end + 2] in document
            and figure.end + 2 <= len(core)
        ):
            continue  # 八个一, 三年大变样: a name
        alike = [other for other in stated if same_kind(figure, other)] or _durations(figure, stated)
        if not alike or any(agrees(figure, other) for other in alike) or _WH.search(core):
            continue
        if not is_claimed(core, figure) and sets_a_case(figure, passage):
            continue
        return _with_rest(core, figure)
    return ""


def _durations(claimed: Figure, stated: Sequence[Figure]) -> list[Figure]:
    """The one length of time that is ``stated`` in another unit than it is ``claimed`` in, as one in that unit."""
    lengths = [figure for figure in stated if figure.unit in DURATIONS]
    if claimed.unit not in DURATIONS or len(lengths) != 1:
        return []
    value = lengths[0].value * DURATIONS[lengths[0].unit] / DURATIONS[claimed.unit]
    return [replace(lengths[0], value=round(value) if abs(value - round(value)) < _ROUNDING * value else value)]


def _wrong_date(core: str, passage: Sequence[str]) -> str:
    claimed = DATE.search(core)
    stated = [match.groups() for clause in passage for match in DATE.finditer(clause)]
    if claimed is None or not stated or _WH.search(core):
        return ""
    year, month, day = claimed.groups()
    right = any((month, day) == (m, d) and (year is None or y in {None, year}) for y, m, d in stated)
    return "" if right else claimed[0]


def _is_article(core: str, figure: Figure) -> bool:
    """Whether ``figure`` is 一个 or 一次 and counts nothing: unless it is said that it is only one."""
    return figure.text[0] == "一" and figure.unit in _COUNTED and not _ONLY.search(core, 0, figure.start)


def _with_rest(core: str, figure: Figure) -> str:
    """The figure as it stands in ``core``, with a mark of vagueness behind it: 5000多人."""
    match = re.compile("[多余几来](?:万|亿)?[人名个元家户项条次]?").match(core, figure.end)
    return core[figure.start : match.end()] if match and figure.more else figure.text


def _wrong_rank(core: str, passage: Sequence[str]) -> str:
    claimed = _ORDINAL.search(core)
    if claimed is None or _WH.search(core):
        return ""
    for clause in passage:
        stated = _STATED_ORDINAL.search(clause)
        if stated is None:
            continue
        scope, said = _scope_before(core, claimed.start()), _scope_before(clause, stated.start())
        if stated["number"] != claimed["number"]:
            return claimed[0]
        if scope and said and scope != said:
            return (
                core[core.index(scope) : claimed.end()] if core.index(scope) + len(scope) == claimed.start() else scope
            )
        return ""
    return ""


def _wrong_name(core: str, passage: Sequence[str], document: str, names: Collection[str]) -> str:
    """五年大变样 where the passage has 三年大变样."""
    return _misnamed(core, passage, document, names)[0]


def _misnamed(core: str, passage: Sequence[str], document: str, names: Collection[str]) -> tuple[str, str]:
    """A name in ``core`` with another number than in ``passage``, and as it stands there; empty if there is none."""
    text = "\n".join(passage)
    for at, number in enumerate(core):
        if number not in _N or (at and core[at - 1] in f"{_N}第"):
            continue
        rest = core[at + 1 : at + 13]
        if len(rest) < 2 or f"{number}{rest[:2]}" in document:
            continue
        if rest[:2] not in text:
            continue
        size, stated = _longest_stated(rest, text)
        if stated and (stated in names or (size >= _LEAST_NAME and not _counts_only(rest[:size]))):
            return f"{number}{rest[:size]}", stated
    return "", ""


def _longest_stated(rest: str, text: str) -> tuple[int, str]:
    """How much of ``rest`` stands behind a single number in ``text``, and that with the number; 0 if it does not."""
    for size in range(len(rest), 1, -1):
        at = text.find(rest[:size])
        while at >= 0:
            if at and text[at - 1] in _N and (at == 1 or text[at - 2] not in f"{_N}第"):
                return size, text[at - 1 : at + size]
            at = text.find(rest[:size], at + 1)
    return 0, ""


def _counts_only(rest: str) -> bool:
    """Whether what stands behind a number is a unit with little behind it: 年来, 个月的."""
    return any(figure.end >= len(rest) for figure in read_figures(f"三{rest}"))  # all but one character


def _wrong_role(core: str, passage: Sequence[str]) -> str:
    claim = _role_claimed(core, passage) if not _WH.search(core) else None
    return claim.text if claim is not None and claim.holds(passage) is False else ""


def _role_claimed(core: str, clauses: Sequence[str]) -> RoleClaim | None:
    """What ``core`` says to be a role that ``clauses`` give to something: 第一要务, 出发点."""
    for pattern in _CLAIMED_ROLES:
        found = pattern.search(core)
        if found is not None and _holders(found["role"], clauses):
            return RoleClaim(found["who"], found["role"])
    return None


def _holders(role: str, clauses: Sequence[str]) -> list[str]:
    """What ``clauses`` give that ``role``."""
    given = re.compile(rf"(?:把|将|以)(?P<who>[^把将以]{{2,20}}?){_AS}(?:[^把将以]{{0,12}}的)?{re.escape(role)}")
    return [found["who"] for clause in clauses if role in clause for found in given.finditer(clause)]


def _wrong_scope(core: str, passage: Sequence[str]) -> str:
    if _WH.search(core) or not _CONFIRMED.search(core):
        return ""
    claimed, text = SCOPE.search(core), "\n".join(passage)
    if claimed is None or claimed[0] in text or not SCOPE.search(text):
        return ""
    return claimed[0]


def _scope_before(text: str, end: int) -> str:
    found = [match[0] for match in SCOPE.finditer(text, 0, end)]
    return found[-1] if found else ""
