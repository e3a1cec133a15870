"""Notices and quiet hours, as one feature of the desk."""

from __future__ import annotations

from bot.conversation.admin_router import Duty, Feature, private
from bot.features.announcements.composer import Saying
from bot.features.announcements.quiet_hours_command import Quieting


def make_notices(saying: Saying, quieting: Quieting) -> Feature:
    """/say for editors, /quiet for everybody: who may set a chat's quiet hours is for ``quieting`` to tell."""
    return Feature(
        commands={
            "say": Duty(private(saying.say), "editor"),
            "quiet": Duty(quieting.quiet, None, reads=True),
        },
        buttons={
            "y": Duty(private(saying.pick), "editor", reads=True),
            "ysend": Duty(private(saying.send), "editor"),
            "ydrop": Duty(private(saying.drop), "editor"),
            "yback": Duty(private(saying.withdraw), "editor"),
            "yquiet": Duty(quieting.press, None, reads=True),
        },
    )
