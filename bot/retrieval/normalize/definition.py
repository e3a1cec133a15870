"""Questions for what a term means: «什么是三级联创». If the document only uses the term, the answer says so."""

from __future__ import annotations

import re
from typing import Final

_ASKED: Final = re.compile(
    r"(?P<of>.{2,12}?)的?(?:含义|定义|意思|概念)(?:是什么|是啥)"
    r"|(?:什么是|啥是|何为|何谓|啥叫|什么叫|什么叫做|所谓的?)(?P<after>.{2,12}?)(?:呢|啊|呀|吗)?"
    r"|(?P<before>.{2,12}?)(?:这个词|这个说法)?(?:到底|究竟)?(?:是|指的?是?|算)?(?:个)?(?:(?:什么|啥|何)(?:意思|东西|含义|定义|概念)?|怎么回事)(?:呢|啊|呀|来着)?"
)


def term_asked_for(core: str) -> str:
    """The term of which ``core`` asks the meaning; empty for other questions."""
    found = _ASKED.fullmatch(core)
    return next(filter(None, found.groups()), "") if found else ""


def only_mentioned(term: str, passage: str) -> bool:
    """Whether ``passage``, in its squashed form, has ``term`` without saying what it is."""
    name = re.escape(term)
    explained = rf"所谓{name}|{name}(?:(?:就|也|即|指的?)?(?:是|指|即|意味着)|[^。]{{0,30}}?(?:就是|是指|指的是))"
    return bool(term) and term in passage and re.search(explained, passage) is None
