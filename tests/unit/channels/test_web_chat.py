from __future__ import annotations

import html
import re

from bot.conversation.messages import Attachment, Incoming, Part, Reply
from bot.wording import Web
from tests.unit.channels.web_support import Broken, Talk, visitor

S1, S2 = "web:e8bc163c82eee187", "web:ad328846aa18b32a"
"""The visitors whose cookies are s1 and s2: the first sixteen hex digits of the SHA-256 of each."""


async def test_the_first_page_greets_and_offers_examples_and_keeps_nothing() -> None:
    talk = Talk()
    async with visitor(talk) as client:
        page = await client.get("/")
    assert page.status_code == 200
    assert "您好!" in page.text and 'value="p:one"' in page.text and "民生是什么" in page.text
    assert "一篇讲话" in page.text and 'lang="zh-CN"' in page.text
    assert "set-cookie" not in page.headers
    assert talk.heard == []


async def test_a_visitor_reads_the_apology_where_the_conversation_failed() -> None:
    talk = Talk(民生=Reply((Part("text", "抱歉,请再问一次"),), failed=True))
    async with visitor(talk) as client:
        page = await client.post("/", data={"question": "民生"})
        fragment = await client.post("/chat", data={"question": "民生"})
    assert page.status_code == fragment.status_code == 200
    assert "抱歉,请再问一次" in page.text and "抱歉,请再问一次" in fragment.text


async def test_a_question_comes_back_with_its_answer_on_the_same_page_without_javascript() -> None:
    talk = Talk()
    async with visitor(talk) as client:
        page = await client.post("/", data={"question": " 民生 "})
        again = await client.get("/")
    assert talk.heard == [Incoming(S1, S1, text=" 民生 ", request_id="r1")]
    for text in (page.text, again.text):
        assert '<span class="words">民生</span>' in text
        assert '<blockquote class="quote">再说民生</blockquote>' in text
        assert 'href="/p/one#quote"' in text and "—— 第一部分" in text
        assert 'value="u:x1"' in text and 'value="c:one"' in text
    assert 'id="latest"' in page.text and 'id="latest"' not in again.text


async def test_files_are_not_offered_on_the_page_and_the_reply_says_so() -> None:
    talk = Talk(导出=Reply((Part("text", "第三版"),), files=(Attachment("points.yaml", b"title: x"),)))
    async with visitor(talk) as client:
        page = await client.post("/", data={"question": "导出"})
        fragment = await client.post("/chat", data={"question": "导出"})
    for text in (page.text, fragment.text):
        assert "第三版" in text and Web.NO_FILES in text
        assert "points.yaml" not in text


async def test_a_second_visitor_sees_nothing_of_the_first() -> None:
    talk = Talk()
    async with visitor(talk) as client:
        await client.post("/", data={"question": "民生"})
        client.cookies.clear()
        page = await client.post("/", data={"question": "作风"})
    assert "作风" in page.text and '<span class="words">民生</span>' not in page.text
    assert [incoming.person for incoming in talk.heard] == [S1, S2]


async def test_a_made_up_session_is_not_taken_over() -> None:
    async with visitor() as client:
        client.cookies.set("session", "chosen-by-somebody")
        page = await client.post("/", data={"question": "民生"})
    assert page.cookies["session"] == "s1"


async def test_the_conversation_never_learns_the_cookie() -> None:
    talk = Talk()
    async with visitor(talk) as client:
        await client.post("/", data={"question": "民生"})
        await client.post("/chat", data={"action": "c:one"})
        assert client.cookies["session"] == "s1"
    assert [(heard.person, heard.chat) for heard in talk.heard] == [(S1, S1)] * 2


async def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites() -> None:
    async with visitor() as client:
        plain = await client.post("/", data={"question": "民生"})
    async with visitor(public_url="https://study.example.org") as client:
        secure = await client.post("/", data={"question": "民生"})
    year = 366 * 24 * 3600
    assert plain.headers["set-cookie"] == f"session=s1; HttpOnly; Max-Age={year}; Path=/; SameSite=lax"
    assert secure.headers["set-cookie"] == f"session=s1; HttpOnly; Max-Age={year}; Path=/; SameSite=lax; Secure"


async def test_a_press_shows_what_stood_on_the_button_whatever_the_form_claims() -> None:
    talk = Talk()
    async with visitor(talk) as client:
        await client.post("/", data={"question": "民生"})
        page = await client.post("/", data={"action": "c:one", "question": "别的话", "label": "别的话"})
    assert talk.heard[-1] == Incoming(S1, S1, action="c:one", request_id="r2")
    assert '<span class="words">看前后文</span>' in page.text and "别的话" not in page.text
    assert "第一段先说发展,<mark>再说民生</mark>,后说作风。" in page.text


async def test_an_example_of_the_greeting_is_said_in_its_own_words() -> None:
    async with visitor() as client:
        page = await client.post("/", data={"action": "p:one"})
    assert '<span class="words">民生是什么</span>' in page.text


async def test_a_press_on_a_button_that_was_never_shown_says_the_title_of_its_point() -> None:
    async with visitor() as client:
        known = await client.post("/", data={"action": "p:two"})
        unknown = await client.post("/", data={"action": "p:nope"})
    assert '<span class="words">发展和作风</span>' in known.text
    assert unknown.text.count('class="row said"') == known.text.count('class="row said"')


async def test_numbered_suggestions_are_a_list_to_tap() -> None:
    async with visitor() as client:
        page = await client.post("/", data={"question": "什么"})
    assert '<ol class="options">' in page.text
    assert '<span class="number">2</span> <span class="label">发展和作风</span>' in page.text


async def test_the_fragment_is_the_same_as_on_the_page() -> None:
    async with visitor() as client:
        fragment = await client.post("/chat", data={"question": "民生"})
        page = await client.get("/")
    lines = [line.strip() for line in fragment.text.splitlines() if line.strip()]
    on_page = [line.strip() for line in page.text.splitlines() if line.strip()]
    assert lines[0].startswith('<div class="exchange" data-number="')
    assert "\n".join(lines) in "\n".join(on_page)


async def test_an_answer_to_a_judgement_is_a_toast_and_nothing_in_the_conversation() -> None:
    async with visitor() as client:
        await client.post("/", data={"question": "民生"})
        fragment = await client.post("/chat", data={"action": "u:x1"})
        page = await client.post("/", data={"action": "u:x1"})
    assert fragment.text.strip() == '<p class="toast" role="status" data-pressed="u:x1">谢谢,记下了。</p>'
    assert 'role="status">谢谢,记下了。</p>' in page.text
    assert page.text.count('class="row said"') == 2  # the question, and the template for the next one


async def test_silence_is_a_toast_as_a_page_has_to_show_something() -> None:
    async with visitor(Talk(民生=Reply())) as client:
        page = await client.post("/", data={"question": "民生"})
        fragment = await client.post("/chat", data={"question": "民生"})
    assert Web.TOO_FAST in page.text and Web.TOO_FAST in fragment.text
    assert page.text.count('class="row said"') == 1  # the template for the next one


async def test_a_judgement_stays_pressed_and_only_the_latest_of_the_two() -> None:
    async with visitor() as client:
        fresh = await client.post("/", data={"question": "民生"})
        up = await client.post("/", data={"action": "u:x1"})
        down = await client.post("/", data={"action": "d:x1"})
        later = await client.get("/")
    assert pressed(fresh.text) == {"u:x1": "false", "d:x1": "false"}
    assert pressed(up.text) == {"u:x1": "true", "d:x1": "false"}
    assert pressed(down.text) == pressed(later.text) == {"u:x1": "false", "d:x1": "true"}


async def test_a_judgement_that_is_taken_back_stands_as_pressed_no_more() -> None:
    talk = Talk()
    async with visitor(talk) as client:
        await client.post("/", data={"question": "民生是什么"})
        await client.post("/", data={"action": "u:x1"})
        talk.replies["u:x1"] = Reply(toast="收回了。", deselected_action="u:x1")
        fragment = await client.post("/chat", data={"action": "u:x1"})
        later = await client.get("/")
    assert fragment.text.strip() == '<p class="toast" role="status" data-pressed="">收回了。</p>'
    assert pressed(later.text) == {"u:x1": "false", "d:x1": "false"}


async def test_a_judgement_that_was_not_kept_does_not_stand_as_pressed() -> None:
    async with visitor(Talk(**{"u:x1": Reply(toast="这次没记上。")})) as client:
        await client.post("/", data={"question": "民生"})
        page = await client.post("/", data={"action": "u:x1"})
        fragment = await client.post("/chat", data={"action": "u:x1"})
    assert "这次没记上。" in page.text and pressed(page.text) == {"u:x1": "false", "d:x1": "false"}
    assert "data-pressed" not in fragment.text


async def test_the_judgements_are_drawn_and_have_names_in_words() -> None:
    async with visitor() as client:
        page = await client.post("/", data={"question": "民生"})
    assert "</svg>有帮助</button>" in page.text and "</svg>没帮助</button>" in page.text
    assert "👍" not in page.text and "👎" not in page.text


def pressed(page: str) -> dict[str, str]:
    """Which judgements on ``page`` say that they are pressed."""
    return dict(re.findall(r'value="([ud]:x1)" data-quiet aria-pressed="(\w+)"', page))


async def test_what_was_typed_is_shown_as_typed_and_never_interpreted() -> None:
    typed = "<script>alert(1)</script> **粗** [x](javascript:1) \"'&amp; {{ 7*7 }}"
    async with visitor() as client:
        page = await client.post("/", data={"question": typed})
        draft = await client.get("/", params={"q": f'"><script>{typed}'})
    assert (
        f'<span class="words">{html.escape(typed).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")}' in page.text
    )
    assert "<script>" not in page.text and "<script>" not in draft.text


async def test_characters_that_turn_the_direction_are_not_shown() -> None:
    talk = Talk()
    async with visitor(talk) as client:
        page = await client.post("/", data={"question": "\u202e民生\u2066是\u200b什么"})
        draft = await client.get("/", params={"q": "\u202e民生"})
    assert '<span class="words">民生是什么</span>' in page.text
    assert ">民生</textarea>" in draft.text
    assert talk.heard[0].text == "\u202e民生\u2066是\u200b什么"  # the conversation cleans it as it sees fit


async def test_a_reply_is_escaped_as_well() -> None:
    async with visitor(Talk(坏=Reply((Part("text", "<b>一</b>\n二"),)))) as client:
        page = await client.post("/", data={"question": "坏"})
    assert '<p class="text">&lt;b&gt;一&lt;/b&gt;\n二</p>' in page.text


async def test_an_address_can_put_a_question_into_the_field_without_asking_it() -> None:
    talk = Talk()
    async with visitor(talk) as client:
        page = await client.get("/", params={"q": "民生" * 500})
    assert f">{'民生' * 150}</textarea>" in page.text and "autofocus" in page.text
    assert talk.heard == []


async def test_an_empty_question_gets_the_conversations_kind_word() -> None:
    talk = Talk()
    async with visitor(talk) as client:
        assert (await client.post("/", data={"question": ""})).status_code == 200
        assert (await client.post("/", data={})).status_code == 200
    assert [incoming.text for incoming in talk.heard] == ["", ""]


async def test_only_the_latest_exchanges_stay_on_the_page() -> None:
    async with visitor() as client:
        for number in range(45):
            page = await client.post("/", data={"question": f"第{number}问。"})
    assert "第4问。" not in page.text and "第5问。" in page.text and "第44问。" in page.text


async def test_a_failure_is_a_plain_page_with_its_number_and_never_a_trace() -> None:
    async with visitor(Broken()) as client:
        page = await client.post("/", data={"question": "民生"})
        fragment = await client.post("/chat", data={"question": "民生"})
    assert page.status_code == fragment.status_code == 500
    assert "出了点问题" in page.text and "r1" in page.text and page.headers["x-request-id"] == "r1"
    assert "secret" not in page.text and "Traceback" not in page.text
    assert 'class="fault"' in fragment.text  # where the script looks for a sentence to show


async def test_a_form_with_a_file_is_refused_in_chinese() -> None:
    async with visitor() as client:
        page = await client.post("/", files={"question": ("a.txt", b"x")})
    assert page.status_code == 400 and "没看懂发来的内容" in page.text


async def test_a_link_that_is_shared_says_what_it_leads_to() -> None:
    async with visitor(public_url="https://study.example.org") as client:
        page = (await client.get("/")).text
        icon = re.findall(r'apple-touch-icon" sizes="180x180" href="([^"]+)"', page)[0]
        image = await client.get(icon)
    assert '<meta property="og:title" content="一篇讲话 · 学习助手">' in page
    assert '<meta name="description" content="《一篇讲话》' in page
    assert f'og:image" content="https://study.example.org{icon}"' in page
    assert image.status_code == 200 and image.headers["content-type"] == "image/png"


async def test_why_an_answer_did_not_help_is_tapped_below_it() -> None:
    async with visitor() as client:
        before = (await client.post("/", data={"question": "民生"})).text
        after = (await client.post("/", data={"action": "d:x1"})).text
    assert all(f'value="d:x1.{reason}"' in before for reason in Web.REASONS)
    assert "disliked" not in before and "bubble bot card disliked" in after
