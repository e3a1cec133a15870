"""What the buttons of quizzes do: what stands behind ``q:``, its parts joined by dashes.

========================================  ============================================================
``s-<count>-<seconds>-<mode>-<section>``  start a contest, on a section if one is named
``l-<id>``                                start what was wanted long ago, in a message that came late
``r-<contest>``                           the same again: as many questions, on the same topic, by the same rules
``t-<count>``                             the sections, to choose one
``m``                                     the menu of contests
``c``, ``x``, ``j-<team>``                go on, stop, join the team of that number
``a-<contest>-<round>-<option>``          answer a question
``k-<period>-<h or o>``                   the ranking, here or overall
``w``, ``v``, ``v-<number>-<option>``     the book of wrong answers, the next review, an answer to one
``v-e-<since>``                           the next one of it though it is not due, of those not answered since
``g-<page>``, ``h-<question>``            read the book, a question of it with its passage
``b-<contest>``, ``e-<question>``         which question of it is bad, this one is
``n-on``, ``n-off``                       remind me, do not
``d-<hour>``, ``d-off``                   the daily question at that hour, none
``p``, ``p-<what>``, ``p-<what>-<value>``  the chat's settings, the values of one, set one
``f-<member>``, ``f-<member>-no``         forget me, do not; for the member of that fingerprint only
========================================  ============================================================
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from bot.contests.request_parser import COUNT, PLAYABLE, TOGETHER, QuizRequest
from bot.conversation.messages import Choice, Code, Part, Reply
from bot.features.contests.presenter import rule_of
from bot.knowledge.model import Knowledge
from bot.quiz.contest.state import Mode
from bot.wording import Contests as Wording

SHORT = 5
LONG = 20
DAILY_HOURS = (8, 12, 20)


def menu(usual: QuizRequest, *, is_private: bool, self_paced: bool = False, topic: str = "") -> Reply:
    """The kinds of contests, to tap; first what is ``usual`` here, by the number of questions.

    ``is_private``: one person is here, who is not offered what takes several; ``self_paced``: whose time is not
    limited. ``topic``: one that there are questions on, for an example of what may be typed.
    """
    choices = [
        Choice(Wording.MENU_COUNT.format(count=count), _start(replace(usual, count=count)))
        for count in sorted({SHORT, COUNT, LONG, usual.count})
    ]
    others = (mode for mode in PLAYABLE if mode != usual.mode and not (is_private and mode in TOGETHER))
    choices += [Choice(Wording.MENU_MODES[mode], _start(_in_mode(mode, usual))) for mode in others]
    choices.append(Choice(Wording.MENU_SECTIONS, Code.QUIZ.to(f"t-{SHORT}")))
    rule = rule_of(usual.mode, usual.scoring)
    typed = Wording.MENU_TYPED.format(topic=topic) if topic and not self_paced else ""
    sentence = Wording.MENU_SELF_PACED if self_paced else Wording.MENU
    text = sentence.format(mode=Wording.TITLES[usual.mode], seconds=usual.seconds, rule=rule, typed=typed)
    return Reply((Part("text", text),), tuple(choices))


def sections(knowledge: Knowledge, usual: QuizRequest) -> Reply:
    """The sections, to tap: a contest like ``usual`` on one of them."""
    choices = tuple(
        Choice(section.title, _start(replace(usual, topic=section.id)))
        for section in knowledge.sections
        if knowledge.points_of(section.id)
    )
    return Reply((Part("text", Wording.SECTIONS.format(count=usual.count)),), choices, numbered=True)


def wanted_by(rest: str, usual: QuizRequest) -> QuizRequest | None:
    """The contest that the button ``s-<rest>`` wants, on a section by its id; None for what is no such button.

    It is scored as in ``usual``, which no button says.
    """
    count, seconds, name, section = (*rest.split("-", 3), "", "", "", "")[:4]
    mode = next((mode for mode in PLAYABLE if mode == name), None)
    if mode is None or not (count.isdecimal() and seconds.isdecimal()):
        return None
    return QuizRequest(int(count[:4]), int(seconds[:4]), mode, usual.scoring, section)


def _start(wanted: QuizRequest) -> str:
    return Code.QUIZ.to(f"s-{wanted.count}-{wanted.seconds}-{wanted.mode}-{wanted.topic}")


def _in_mode(mode: Mode, usual: QuizRequest) -> QuizRequest:
    """A challenge ends by itself: it may be long."""
    return replace(usual, mode=mode, count=LONG if mode == "challenge" else usual.count)


def ranking(rest: str) -> str:
    """What the button ``k-<rest>`` asks of the ranking, as it would be written behind /rank."""
    period, scope, page = (*rest.split("-", 2), "", "")[:3]
    return " ".join(word for word in (period, Wording.OVERALL_WORDS[0] if scope == "o" else "", page) if word)


def daily(rest: str) -> str:
    """What the button ``d-<rest>`` asks of the daily question, as it would be written behind /daily."""
    return Wording.DAILY_OFF_WORDS[0] if rest == "off" else f"{rest}:00"


def daily_choices(on: bool) -> tuple[Choice, ...]:
    """Hours for the daily question, and none."""
    hours = [Choice(Wording.DAILY_AT.format(time=f"{hour}:00"), Code.QUIZ.to(f"d-{hour}")) for hour in DAILY_HOURS]
    return (*hours, Choice(Wording.DAILY_STOP, Code.QUIZ.to("d-off"))) if on else tuple(hours)


def fingerprint(member: str) -> str:
    """What stands for a member in a button: others may see the button, and must not press it for themselves."""
    return sha256(member.encode()).hexdigest()[:12]
