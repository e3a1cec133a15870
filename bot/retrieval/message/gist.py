"""What a message asks once its story and its frame are taken off: «局长要我写材料,第一要务是什么» asks the second half,
«书记对就业怎么说» asks for 就业. Tried if the whole finds no answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.retrieval.index.phrasing import QUESTION_WORDS
from bot.retrieval.normalize.question import normalize_question

_BREAK: Final = re.compile(r"[\s,.!?;:、~…]+")
_LEAST = 4  # characters of a clause that is a question by itself
_SPEAKER: Final = "(?:(?:李|王|张|这位|那位|咱们?|我们|区里的?)?(?:书记|领导|讲话人|镇长|县长|市长|区长)|讲话|发言|报告|文件|文章|稿子|材料|全文|原文|文)(?:里面?|中|上)?(?:的)?"
_SAID: Final = "(?:说|讲|谈|提|看|要求|安排|打算|部署|强调|指示)"
_FRAMES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_SPEAKER}?(?:是)?(?:对于?|关于|针对|就)(?P<of>.{{2,14}}?)(?:的?(?:问题|工作|方面|事情?)|这一?(?:块|事|方面|点))?(?:是|又|都|也)?"
        rf"(?:怎么|怎样|如何|有什么|有哪些|有啥|有没有|什么|提了?什么|作了什么)(?:{_SAID}|要求|看法|态度|想法|安排|打算|指示|意见|说法|提法)?(?:的|待|法|了|过|到|什么|吗|呢|没有)*",
        rf"{_SPEAKER}(?:是|又|都|也)?(?:怎么|怎样|如何){_SAID}(?:待|到|的|了|过)*(?P<of>.{{2,14}}?)(?:的|呢|吗|这块|问题)*",
        rf"{_SPEAKER}(?:有没有|有)?{_SAID}(?:到|没{_SAID}到|了|过)*(?P<of>.{{2,14}}?)(?:的|呢|吗|没有|没|不|这块|问题)*",
        rf"(?P<of>.{{2,14}}?)(?:这一?(?:块|事|方面|点)|方面|问题)?(?:{_SPEAKER})(?:是|又|都)?(?:怎么|怎样|如何|有没有|有什么){_SAID}(?:的|到|了|过|什么|吗|呢)*",
    )
)


def gists(cleaned: str) -> Iterator[str]:
    """The cores of what ``cleaned`` may come down to, the likeliest first; none for a plain question."""
    clauses = [text for text in _BREAK.split(cleaned) if text]
    asking = [clause for clause in clauses if QUESTION_WORDS.search(clause)]
    core = ""
    if len(clauses) > 1 and len(asking) == 1 and len(asking[0]) >= _LEAST:
        core = normalize_question(asking[0]).core
        yield core
    for text in filter(None, (core, normalize_question(cleaned).core)):
        for frame in _FRAMES:
            found = frame.fullmatch(text)
            if found is not None:
                yield found["of"]
