"""All steps in their order: ``Retriever.ask(text, history)`` → ``Verdict``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.knowledge.model import Knowledge
from bot.retrieval.index import Index
from bot.retrieval.judge import Judgement, certain, judge, together
from bot.retrieval.question import read
from bot.retrieval.search import query, search
from bot.retrieval.smalltalk import intent_of
from bot.retrieval.tokenize import Tokenizer
from bot.retrieval.verdict import Verdict

_LEANS = re.compile(
    r"^(?:那么?|还有|然后|其中|里面|它|他们?|她|这个|这些|那个|那些|具体|另外|再|接着|后来|其他|其它|别的)"
    r"|(?:呢|怎么样|咋样)$"
)
REMEMBERED = 4096  # judgements: the questions of a group are much alike, and a verdict is a pure function
SHORT = 8  # characters: a shorter question may leave out what was said before


class Retriever:
    """An immutable pair of Knowledge and Index that answers questions. Pure: the same question, the same verdict."""

    def __init__(self, knowledge: Knowledge, tokenizer: Tokenizer) -> None:
        self.knowledge = knowledge
        self._index = Index(knowledge, tokenizer)
        self._judged = lru_cache(maxsize=REMEMBERED)(self._judge)

    def ask(self, text: str, history: Sequence[str] = ()) -> Verdict:
        """The verdict on ``text``. ``history`` has the person's earlier questions, the latest last."""
        question = read(text)
        if question.too_long:
            return Verdict("decline", question.cleaned, "too_long")
        intent = intent_of(question.cleaned)
        if intent:
            return Verdict("chat", question.cleaned, "smalltalk", intent=intent)
        if not question.core:
            return Verdict("decline", question.cleaned, "empty")
        before = next((earlier for earlier in map(read, reversed(history)) if earlier.core), None)
        judgement, leaned = self._judged(question.core, before.core if before else "")
        context = before.cleaned if before and leaned else ""
        return Verdict(judgement.kind, question.cleaned, judgement.reason, judgement.matches, context=context)

    def _judge(self, core: str, before: str) -> tuple[Judgement, bool]:
        """The judgement on a question, and whether it was read together with the one ``before`` it."""
        known = certain(self._index, core)
        if known is not None:
            return known, False
        now = query(self._index, core)
        alone = judge(self._index, search(self._index, now))
        if not before or not leans(core, alone):
            return alone, False
        earlier = search(self._index, query(self._index, before))
        candidates = search(self._index, now, keep=[candidate.owner for candidate in earlier])
        joined = judge(self._index, together(candidates, earlier))
        if joined.kind == "answer" or alone.kind != "answer":
            return joined, True
        return alone, False


def leans(core: str, alone: Judgement) -> bool:
    """Whether a question leans on the one before it: by its words, by its brevity, or as it says little alone."""
    return len(core) <= SHORT or _LEANS.search(core) is not None or alone.kind != "answer"
