"""The terminal as a person sees it: the real process on a terminal of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.terminal import BOLD, PASTE_BEGINS, PASTE_ENDS, PLAIN
from bot.wording import FAREWELL, TERMINAL_PROMPT
from tests.e2e.bot_process import environment_of
from tests.e2e.terminal_process import sitting_at_a_terminal, talk_on_a_terminal

ROAD = "硬化村道12.5公里,总投资460万元,其中县级补助180万元。"


@pytest.mark.parametrize(
    "pasted",
    ["修路\n一共花了\n多少钱\n", f"{PASTE_BEGINS}修路\n一共花了\n多少钱{PASTE_ENDS}\n"],
    ids=["plain", "marked"],
)
async def test_what_is_pasted_in_several_lines_is_one_question(tmp_path: Path, pasted: str) -> None:
    async with sitting_at_a_terminal(environment_of(tmp_path)) as terminal:
        await terminal.shows(TERMINAL_PROMPT)
        terminal.type(pasted)
        await terminal.shows(TERMINAL_PROMPT, times=2)
        assert terminal.shown.count(ROAD) == 1
        assert f"{BOLD}硬化村道12.5公里{PLAIN}" in terminal.shown
        terminal.type("退出\n")
        await terminal.shows(FAREWELL)
    assert "^[" not in terminal.shown  # no sign of the marks


async def test_who_wants_no_marks_gets_none(tmp_path: Path) -> None:
    async with sitting_at_a_terminal(environment_of(tmp_path, NO_COLOR="1")) as terminal:
        await terminal.shows(TERMINAL_PROMPT)
        terminal.type("修路一共花了多少钱\n")
        await terminal.shows(TERMINAL_PROMPT, times=2)
        assert BOLD not in terminal.shown and f"    {ROAD}" in terminal.shown


async def test_a_pipe_gets_a_reply_to_each_line_and_no_control_characters(tmp_path: Path) -> None:
    shown = await talk_on_a_terminal(environment_of(tmp_path), ["修路花了多少钱", "修路花了多少钱"])
    assert shown.count(ROAD) == 2 and "\x1b" not in shown
