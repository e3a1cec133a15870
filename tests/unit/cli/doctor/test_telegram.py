"""What is told of what Telegram said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.telegram.diagnostics import TelegramReport
from bot.cli.doctor.checks import TOLERANCE, clock, telegram
from bot.wording import Doctor as Wording
from bot.wording import Telegram
from tests.unit.library import NOON

WELL = TelegramReport(username="study_bot", webhook=False)


def marks(found: TelegramReport | None) -> str:
    return "".join(finding.mark for finding in telegram(found))


def test_a_bot_in_order_has_nothing_to_mend() -> None:
    assert [str(finding) for finding in telegram(WELL)] == [
        "✓ Telegram 令牌：可以用，机器人是 @study_bot。",
        f"✓ 隐私模式：{Wording.PRIVACY_ON}",
        f"✓ 进群：{Wording.GROUPS_ON}",
        f"✓ 内联查询：{Wording.INLINE_ON}",
        f"✓ webhook：{Wording.WEBHOOK_NONE}",
    ]


def test_no_token_is_no_fault() -> None:
    assert [str(finding) for finding in telegram(None)] == [f"– Telegram 令牌：{Wording.TOKEN_NONE}"]


def test_without_an_answer_of_telegram_only_the_token_is_at_fault() -> None:
    assert marks(TelegramReport(Telegram.TOKEN_REFUSED)) == "✗––––"


def test_what_botfather_could_set_better_is_a_hint_and_a_webhook_a_fault() -> None:
    found = list(telegram(TelegramReport(username="b", reads_all=True, joins_groups=False, inline=False, webhook=True)))
    assert [(finding.mark, finding.text) for finding in found[1:]] == [
        ("–", Wording.PRIVACY_OFF),
        ("–", Wording.GROUPS_OFF),
        ("–", Wording.INLINE_OFF),
        ("✗", Wording.WEBHOOK_SET),
    ]
    assert marks(TelegramReport(username="b")) == "✓✓✓✓–"


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, Wording.CLOCK_OK.format(seconds=TOLERANCE)),
        (TOLERANCE, Wording.CLOCK_OK.format(seconds=TOLERANCE)),
        (-TOLERANCE, Wording.CLOCK_OK.format(seconds=TOLERANCE)),
        (90, Wording.CLOCK_OFF.format(direction="快", seconds=90)),
        (-3600, Wording.CLOCK_OFF.format(direction="慢", seconds=3600)),
    ],
)
def test_a_clock_is_right_within_the_tolerance(seconds: int, told: str) -> None:
    found = clock(NOON, NOON + timedelta(seconds=seconds))
    assert (found.mark, found.text) == ("✓" if abs(seconds) <= TOLERANCE else "✗", told)


def test_a_clock_that_nothing_can_be_compared_with_is_not_judged() -> None:
    assert clock(None, NOON).mark == "–"
