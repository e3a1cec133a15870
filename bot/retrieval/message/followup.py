"""Does a question lean on the one before it? «那农村的呢» does, «天气怎么样» does not, whatever was asked before.

What is left of a question when the words that only point back are taken off must be known here: a new subject that
neither the document nor any phrasing has is never read together with an old one.
"""

from __future__ import annotations

import re

_BACK = re.compile(
    r"^(?:那么?|还有|然后|其中|里面|当中|它们?|他们?|她|这个|这些|这|那个|那些|具体|另外|再|接着|后来|其他|其它|别的|除此之外|除了[这那][个些]?|最后|结果|这么|这样|那样|还)"
    r"|[呢嘞]$|^.{0,6}(?:也|还|又).{1,6}(?:吗|么|嘛|不)$"
)
_HEAD = re.compile(r"^(?:那么?|还有|然后|其中|另外|再|接着|后来)|[呢嘞]$")
_EMPTY = re.compile(
    r"那么?|还有|然后|其中|里面|当中|它们?|他们?|她们?|这个|这些|那个|那些|具体|另外|接着|后来|其他|其它|别的|除此之外|除了[这那][个些]?|最后|结果|这么|这样|那样|[这那]一?块|[这那]边|[这那]头"
    r"|一共|总共|大概|大约|呢|嘞|吗|嘛|么|吧|啊|呀|的|了|是|有|也|还|都|又|在|就|啥|谁|什么|情况|方面|怎么样|怎么|怎样|咋样|咋|哪些|哪个|哪|几个|几|多少|多大|如何|说说|详细|一下|再|各|这|那|第"
    r"|[一二三四五六七八九十\d]+[条点项个]?"
)
MAX_FOLLOWUP_LENGTH = 10  # characters: a shorter question may leave out what was said before


def refers_back(core: str) -> bool:
    """Whether the wording itself leans on something said before."""
    return _BACK.search(core) is not None


def may_be_followup(core: str) -> bool:
    """Whether a question may have left out what was said before: by its words or by its brevity."""
    return len(core) <= MAX_FOLLOWUP_LENGTH or refers_back(core)


def without_reference(core: str) -> str:
    """``core`` without the words that only point back: what is put behind the question before."""
    return _HEAD.sub("", core) or core


def own_content(core: str) -> str:
    """What a question is about, without the words that only point back or only ask."""
    return _EMPTY.sub("", core)
