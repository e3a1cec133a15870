"""The retriever of the first document, by words alone: made once for all tests of a process, as it takes seconds."""

from __future__ import annotations

from functools import cache

from bot.config import ROOT
from bot.knowledge.load import load
from bot.retrieval.index.tokenizer import shared_tokenizer
from bot.retrieval.retriever import Retriever
from bot.retrieval_factory import foreign_questions

FOLDER = ROOT / "knowledge" / "shuangqing"


@cache
def speech() -> Retriever:
    """Answers questions on the first document."""
    return Retriever(load(FOLDER), shared_tokenizer(), None, foreign_questions())
