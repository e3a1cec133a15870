"""Time zones as members know them."""

from __future__ import annotations

from bot.wording import BEIJING_TIME

_BEIJING = frozenset({"Asia/Shanghai", "Asia/Chongqing", "Asia/Chungking", "Asia/Harbin", "PRC"})


def zone_name(zone: str) -> str:
    """What the time by the clocks of ``zone`` is called; its own name if it has no other here."""
    return BEIJING_TIME if zone in _BEIJING else zone
