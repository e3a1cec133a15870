"""What is served now."""

from __future__ import annotations

from bot.retrieval.retriever import Retriever


class Library:
    """The one reference that a reload swaps. Whoever holds a Retriever keeps it to the end of what it is doing."""

    def __init__(self, current: Retriever) -> None:
        self.current = current
