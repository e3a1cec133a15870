"""The terminal: a line in, a reply out."""

from io import StringIO

from bot.channels.terminal import Terminal, show, stdin_lines
from bot.chat.messages import Choice, Part, Reply
from tests.unit.library import make_chat


async def _talk(typed: str) -> list[str]:
    out = StringIO()
    await Terminal(make_chat(), stdin_lines(StringIO(typed)), out, prompt=False).run()
    return out.getvalue().strip().split("\n\n")


async def test_each_line_gets_a_reply_and_empty_lines_get_none() -> None:
    greeting, card = await _talk("\n  \n修路花了多少钱\n")
    assert greeting.startswith("您好")
    assert card == (
        "硬化村道12.5公里\n"
        "硬化村道12.5公里,总投资460万元,其中县级补助180万元。\n"
        "—— 第二部分·修好进村道路\n"
        "  [1] 田间课堂培训农户\n"
        "  [2] 新建教学楼,招聘教师\n"
        "  👍  👎  上下文"
    )


async def test_a_related_point_is_picked_by_its_number() -> None:
    _, _, picked = await _talk("修路花了多少钱\n1\n")
    assert picked.startswith("田间课堂培训农户\n组织“田间课堂”")


async def test_feedback_is_typed_as_it_is_shown() -> None:
    _, _, thanks = await _talk("修路花了多少钱\n👍\n")
    assert thanks == "谢谢，记下了。"


def test_choices_that_are_numbered_in_the_text_are_not_shown_twice() -> None:
    reply = Reply((Part("text", "哪一条?"),), (Choice("甲", "p:a"), Choice("乙", "p:b")), numbered=True)
    assert show(reply) == "哪一条?\n1. 甲\n2. 乙"
