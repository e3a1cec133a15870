"""Setup and progress of a contest ↔ JSON. No member is named in it: who started and who plays for whom stands apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from pydantic import TypeAdapter

from bot.quiz.contest.state import Progress, Setup


def setup_to_json(setup: Setup) -> str:
    """``setup`` without its starter."""
    return _setups().dump_json(replace(setup, starter="")).decode()


def setup_from_json(text: str, starter: str) -> Setup:
    """What ``setup_to_json`` wrote. Raises ValueError for anything else."""
    return replace(_setups().validate_json(text), starter=starter)


def progress_to_json(progress: Progress) -> str:
    """``progress`` without who plays for whom."""
    return _progresses().dump_json(replace(progress, teams={})).decode()


def progress_from_json(text: str, teams: Mapping[str, str]) -> Progress:
    """What ``progress_to_json`` wrote. Raises ValueError for anything else."""
    return replace(_progresses().validate_json(text), teams=dict(teams))


@cache
def _setups() -> TypeAdapter[Setup]:
    return TypeAdapter(Setup)


@cache
def _progresses() -> TypeAdapter[Progress]:
    return TypeAdapter(Progress)
