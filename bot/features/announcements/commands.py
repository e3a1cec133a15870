"""Notices and quiet hours, as one feature of the desk."""

from __future__ import annotations

from bot.conversation.router import Feature, Handler, private
from bot.features.announcements.composer import Saying
from bot.features.announcements.quiet_hours_command import Quieting


def make_notices(saying: Saying, quieting: Quieting) -> Feature:
    """/say for editors, /quiet for everybody: who may set a chat's quiet hours is for ``quieting`` to tell."""
    return Feature(
        commands={
            "say": Handler(private(saying.say), "editor"),
            "quiet": Handler(quieting.quiet, None, audited=False),
        },
        buttons={
            "y": Handler(private(saying.pick), "editor", audited=False),
            "ysend": Handler(private(saying.send), "editor"),
            "ydrop": Handler(private(saying.drop), "editor"),
            "yback": Handler(private(saying.withdraw), "editor"),
            "yquiet": Handler(quieting.press, None, audited=False),
        },
    )
