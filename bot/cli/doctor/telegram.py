"""What Telegram says of the bot, and of the time. Pure: ``bot.channels.telegram.diagnostics`` has asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.channels.telegram.diagnostics import TelegramReport
from bot.cli.doctor.finding import Finding, note, ok, problem
from bot.wording import Doctor as Wording

TOLERANCE = 10  # seconds: the server tells whole ones, and the way to it takes some


def telegram(found: TelegramReport | None) -> Iterator[Finding]:
    """The token, and what @BotFather has been told about the bot; None: there is no token."""
    if found is None:
        yield note(Wording.TOKEN, Wording.TOKEN_NONE)
        return
    if found.fault:
        yield problem(Wording.TOKEN, found.fault)
        for item in (Wording.PRIVACY, Wording.GROUPS, Wording.INLINE, Wording.WEBHOOK):
            yield note(item, Wording.NOT_KNOWN)
        return
    yield ok(Wording.TOKEN, Wording.TOKEN_OK.format(username=found.username))
    yield _switch(Wording.PRIVACY, Wording.PRIVACY_ON, Wording.PRIVACY_OFF, good=not found.reads_all)
    yield _switch(Wording.GROUPS, Wording.GROUPS_ON, Wording.GROUPS_OFF, good=found.joins_groups)
    yield _switch(Wording.INLINE, Wording.INLINE_ON, Wording.INLINE_OFF, good=found.inline)
    if found.webhook is None:
        yield note(Wording.WEBHOOK, Wording.WEBHOOK_UNKNOWN)
    elif found.webhook:
        yield problem(Wording.WEBHOOK, Wording.WEBHOOK_SET)
    else:
        yield ok(Wording.WEBHOOK, Wording.WEBHOOK_NONE)


def clock(server_time: datetime | None, now: datetime) -> Finding:
    """Whether ``now``, the machine's clock, goes with the server's."""
    if server_time is None:
        return note(Wording.CLOCK, Wording.CLOCK_UNKNOWN)
    ahead = (now - server_time).total_seconds()
    if abs(ahead) <= TOLERANCE:
        return ok(Wording.CLOCK, Wording.CLOCK_OK.format(seconds=TOLERANCE))
    direction = Wording.CLOCK_AHEAD if ahead > 0 else Wording.CLOCK_BEHIND
    return problem(Wording.CLOCK, Wording.CLOCK_OFF.format(direction=direction, seconds=round(abs(ahead))))


def _switch(item: str, on: str, off: str, *, good: bool) -> Finding:
    return ok(item, on) if good else note(item, off)
