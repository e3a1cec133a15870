"""Lists within a sentence, such as 甲、乙和丙, as far as both ends are certain; and what a clause begins with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.knowledge.structure import Span

MIN_LIST = 3
MIN_MEMBER, MAX_MEMBER = 2, 16
_AND = re.compile("以及|或者|和(?!谐|睦|解|平)|及(?!时|其)|与(?!其)|或")


@dataclass(frozen=True, slots=True)
class InlineList:
    """A list within a sentence: ``甲、乙和丙``. ``span`` is where all of it stands; ``etc``: 等 follows it."""

    span: Span
    members: tuple[str, ...]
    etc: bool


_LEAD = re.compile(
    "包括|分为|称为|作为|遵循|坚持|具备|载明|按照|依照|涉及|取得|围绕|深化|推进|推动|加强|加快|促进|实现|增强|提高|解决|抓住|抓好|防范|"
    "坚决|采取|采用|扩大|统筹|强化|完善|提供|培育|发展|开展|努力使|支持|打好|实施|建设|建立|组织|举办|开设|设立|打造|优化|出台|创建|健全|使|对|由|向|为|是|有|以|在|于|及|和|与|的|了|好"
)

VERB = re.compile(
    f"(?:要|我们|进一步|全面|深入|切实|持续|积极|大力|扎实|着力|加[强快大速]|{_LEAD.pattern}|[做补打办管守稳][好齐牢住]|组织|提[高升]|落实|"
    "严格|优化|保[持障证]|继续|巩固|维护|发挥|引导|激励|打造|缩减|取消|利用|用好|制定|出台|延续|及时|精准|营造|统一|释放|增进|贯彻|"
    "出席|成功|举办|参加|紧紧|坚持|召开|来自|经过|只要|其中|如果|"
    "坚定|规范|参与|应对|防止|降低|减少|鼓励|改善|改进|创新|建立|形成|注重|突出|强调|实行|启动|研究|适当|合理|依法|向|把|将|让|不断)"
)
"""What a clause begins with that names no subject."""
_BEGINS = re.compile(f"(?:{_LEAD.pattern}|[做补打办管][好齐]|组织|提[高升]|落实|加大|严格)")
MAX_LIST = 8


def list_in(clause: str) -> tuple[int, int, tuple[str, ...], bool] | None:
    """The list in a clause: where it begins and ends, its members, and whether 等 follows; None if in doubt.

    The inner members are certain. The first begins at the clause, behind a mark or behind a word that takes an object,
    and the last ends at the clause, before 等 or 的; both are as long as the inner ones would have them.
    """
    if clause.count("、") < 1 or "《" in clause or "（" in clause or "(" in clause:
        return None
    pieces = clause.split("、")
    return _by_ending(clause, pieces) or _by_length(clause, pieces)


def _by_length(clause: str, pieces: list[str]) -> tuple[int, int, tuple[str, ...], bool] | None:
    """A list of which the first and the last member are as long as the inner ones would have them."""
    inner = pieces[1:-1]
    last = _AND.split(pieces[-1], maxsplit=1)
    if len(last) == 2:
        inner = [*inner, last[0]]
    if not inner or any(not MIN_MEMBER <= len(member) <= MAX_MEMBER for member in inner):
        return None
    least, most = min(map(len, inner)), max(map(len, inner))
    if most > 2 * least:
        return None
    end, etc = _end_of(last[-1])
    final = last[-1][:end]
    uniform = least == most == len(final)
    verbs = any(_BEGINS.match(member) for member in (*inner, final))
    fits = least <= len(final) <= most
    first = _first_member(pieces[0], least, most, is_uniform=uniform, others_do=verbs) if fits else None
    certain = uniform or etc or end == len(last[-1]) or len(final) == len(inner[-1])
    if first is None or not certain:
        return None
    members = (first, *inner, final)
    alone = MIN_LIST <= len(members) <= MAX_LIST and len(set(members)) == len(members)
    if not alone or re.search("[“”]|其他|有关", "".join(members)):
        return None
    return len(pieces[0]) - len(first), len(clause) - len(last[-1]) + end, members, etc


_MIN_ENDING = 3
"""Characters of a member whose end tells where the list begins and ends."""


def _by_ending(clause: str, pieces: list[str]) -> tuple[int, int, tuple[str, ...], bool] | None:
    """A list whose members are as long as each other and end with the same character: 高端化、智能化、绿色化."""
    inner = pieces[1:-1]
    if not inner or len({(len(one), one[-1:]) for one in inner}) > 1 or len(inner[0]) < _MIN_ENDING:
        return None
    size, end = len(inner[0]), inner[0][-1]
    first, last = pieces[0][-size:], pieces[-1][:size]
    members = (first, *inner, last)
    alike = all(len(one) == size and one[-1] == end and not re.search("[“”]|其他|有关", one) for one in members)
    whole = len(set(members)) == len(members) and MIN_LIST <= len(members) <= MAX_LIST
    if not alike or not whole or _BEGINS.match(first):
        return None
    rest = pieces[-1][size:]
    return len(pieces[0]) - size, len(clause) - len(rest), members, rest.startswith("等")


def _end_of(tail: str) -> tuple[int, bool]:
    """Where the last member ends within ``tail``: before 等, which is told, or 的."""
    found = tail.find("等", MIN_MEMBER)
    if found > 0 and tail[found + 1 : found + 2] not in {"等", "级", "待", "于"}:
        return found, True
    found = tail.find("的")
    return (found if found > 0 else len(tail)), False


def _first_member(piece: str, least: int, most: int, *, is_uniform: bool, others_do: bool) -> str | None:
    """The end of ``piece`` that is the first member of a list whose others have ``least`` to ``most`` characters.

    ``others_do``: they begin with a verb, so the first may as well.
    """
    if least <= len(piece) <= most:
        return piece if not _BEGINS.match(piece) or (is_uniform and others_do) else None
    for size in range(most, least - 1, -1):
        before, member = piece[: len(piece) - size], piece[len(piece) - size :]
        if not before or _AND.search(member) or (_BEGINS.match(member) and not others_do):
            continue
        lead = next((found for found in _LEAD.finditer(before) if found.end() == len(before)), None)
        if lead is not None and (is_uniform or len(lead.group()) > 1):
            return member
    return None
