"""How a sentence with a gap is put."""

from __future__ import annotations

from bot.quiz.generation.material import Material, Statement, full_width, nested
from bot.wording import Quiz


def gap_stem(material: Material, statement: Statement, text: str, left_out: str) -> str:
    """``text`` of a statement with a gap for ``left_out``; where a sentence alone is of no one, with its heading."""
    sentence = full_width(text.replace(left_out, Quiz.GAP, 1)).rstrip("！？。")
    topic = "" if material.is_rule else nested(statement.topic)
    return (Quiz.FILL_IN if topic else Quiz.FILL).format(topic=topic, sentence=sentence)
