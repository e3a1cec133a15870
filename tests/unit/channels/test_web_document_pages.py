from __future__ import annotations

import re
from dataclasses import replace

from bot.channels.web.conversation_log import Exchange
from bot.channels.web.page_templates import linkify
from bot.channels.web.view_models import Block, exchange_view, neighbours_of, table_of_contents
from bot.conversation.messages import Part, Reply
from bot.knowledge.files import Files
from bot.knowledge.load import validate_files
from bot.knowledge.model import Knowledge, MarkedText
from bot.knowledge.structure import Span
from bot.wording import SECTION_EMPTY, Web
from tests.unit.channels.web_support import KNOWLEDGE, visitor


async def test_a_passage_is_marked_in_its_paragraph_between_its_neighbours() -> None:
    async with visitor() as client:
        page = await client.get("/p/one")
    assert page.status_code == 200
    assert '<p>第一段先说发展,<mark id="quote">再说民生</mark>,后说作风。</p>' in page.text
    assert "—— 第一部分" in page.text
    assert 'rel="prev" href="/p/two#quote"' in page.text and 'rel="next" href="/p/last#quote"' in page.text
    assert 'name="question" value="民生是什么">在对话里问这一条</button>' in page.text


async def test_two_spans_of_one_paragraph_are_marked_in_it_once() -> None:
    async with visitor() as client:
        page = await client.get("/p/two")
    marked = '第一段<mark id="quote">先说发展</mark>,再说民生,<mark>后说作风</mark>。'
    assert page.text.count(marked) == 1 and page.text.count("第一段") == 1


async def test_the_first_and_the_last_passage_have_one_neighbour_each() -> None:
    assert neighbours_of(KNOWLEDGE, KNOWLEDGE.point("two")) == (None, KNOWLEDGE.point("one"))
    assert neighbours_of(KNOWLEDGE, KNOWLEDGE.point("last")) == (KNOWLEDGE.point("one"), None)
    async with visitor() as client:
        assert 'rel="prev"' not in (await client.get("/p/two")).text
        assert 'rel="next"' not in (await client.get("/p/last")).text


def test_the_last_paragraph_needs_no_line_break_behind_it() -> None:
    assert KNOWLEDGE.paragraphs(KNOWLEDGE.point("last")) == ((MarkedText("第二段只有一句。", marked=True),),)


async def test_a_passage_that_is_gone_is_a_page_that_says_what_to_do() -> None:
    async with visitor() as client:
        for address in ("/p/nope", "/p/..%2f..%2fetc", "/outline/7", "/nothing", "/p/", "/outline/"):
            page = await client.get(address)
            assert page.status_code == 404, address
            assert 'href="/outline"' in page.text and 'href="/"' in page.text and "目录" in page.text
            assert page.headers["content-type"] == "text/html; charset=utf-8"


async def test_a_passage_or_section_that_is_gone_asks_for_nothing_that_cannot_be_done_there() -> None:
    async with visitor() as client:
        point = await client.get("/p/nope")
        section = await client.get("/outline/7")
    assert Web.UNKNOWN_POINT in point.text and Web.UNKNOWN_SECTION in section.text
    for page in (point, section):
        assert "请发" not in page.text
        assert '<a class="main-link" href="/outline">目录</a>' in page.text


async def test_the_outline_has_every_section_with_points_and_how_many() -> None:
    async with visitor() as client:
        page = await client.get("/outline")
    assert 'href="/outline/1"' in page.text and 'href="/outline/1.1"' in page.text and "2 条" in page.text
    assert "没有要点的部分" not in page.text
    assert [(section.id, count) for section, count in table_of_contents(KNOWLEDGE)] == [("1", 2), ("1.1", 1)]


async def test_a_section_has_all_its_points_in_the_order_of_the_source() -> None:
    async with visitor() as client:
        page = await client.get("/outline/1")
        empty = await client.get("/outline/9")
    assert page.text.index("/p/two#quote") < page.text.index("/p/one#quote")
    assert "先说发展\n后说作风" in page.text and "/p/last" not in page.text
    assert "没有单列的要点" in empty.text


def test_a_context_over_two_paragraphs_is_shown_as_two() -> None:
    reply = Reply(
        (
            Part("citation", "第一部分"),
            Part("context", "甲"),
            Part("quote", "乙"),
            Part("quote", "丙"),
            Part("context", "丁"),
            Part("text", "完"),
        )
    )
    assert exchange_view(Exchange("", reply)).blocks == (
        Block("citation", "第一部分"),
        Block("passage", pieces=(MarkedText("甲"), MarkedText("乙", marked=True))),
        Block("passage", pieces=(MarkedText("丙", marked=True), MarkedText("丁"))),
        Block("text", "完"),
    )


async def test_reading_leaves_no_session_behind() -> None:
    async with visitor() as client:
        for address in ("/p/one", "/outline", "/outline/1"):
            assert "set-cookie" not in (await client.get(address)).headers


RULES = """门卫守则
第一章 白天
第一条 来客要登记。
第二章 夜里
第二条 十点锁门：
前门\t十点
后门\t九点"""
ALONE = validate_files(Files({"门卫守则.txt": RULES})).knowledge
assert ALONE is not None
ALONE_KNOWLEDGE: Knowledge = ALONE


async def test_a_document_without_points_has_its_sections_to_read() -> None:
    async with visitor(knowledge=ALONE_KNOWLEDGE) as client:
        outline = await client.get("/outline")
        section = await client.get("/outline/s1")
    assert '<a href="/outline/s1">' in outline.text and "第二章 夜里" in outline.text
    assert Web.COUNT.format(count=0) not in outline.text
    assert '<p id="s1.1">第一条 来客要登记。</p>' in section.text
    assert 'href="/read#s1"' in section.text and SECTION_EMPTY not in section.text


async def test_a_passage_of_the_source_has_a_page_with_what_stands_beside_it() -> None:
    start = RULES.index("来客")
    passage = ALONE_KNOWLEDGE.passage([Span(start, start + 6)])
    async with visitor(knowledge=ALONE_KNOWLEDGE) as client:
        page = await client.get(f"/p/{passage.id}")
        gone = await client.get(f"/p/{passage.id[:-4]}0000")
    assert page.status_code == 200
    assert '第一条 <mark id="quote">来客要登记。</mark>' in page.text
    assert "—— 第一条" in page.text and 'rel="next"' in page.text
    assert gone.status_code == 404


async def test_a_passage_of_the_source_has_a_page_though_there_are_points() -> None:
    start = KNOWLEDGE.source.index("后说作风")
    async with visitor() as client:
        assert (await client.get(f"/p/{KNOWLEDGE.passage([Span(start, start + 4)]).id}")).status_code == 200


async def test_the_whole_text_has_a_page_with_an_anchor_for_each_section() -> None:
    async with visitor(knowledge=ALONE_KNOWLEDGE) as client:
        page = await client.get("/read")
        again = await client.get("/read")
        chat = await client.get("/")
    assert page.text == again.text
    assert "<h1>门卫守则</h1>" in page.text and page.text.count("门卫守则</h1>") == 1
    assert '<h2 id="s2">第二章 夜里</h2>' in page.text and '<a href="#s2">' in page.text
    assert re.search(r'<p id="s2.1" [^>]*><span class="sentence" id="t\d+">第二条 十点锁门：</span></p>', page.text)
    assert "<tr><td>前门</td><td>十点</td></tr>" in page.text
    assert 'href="/read"' in chat.text


async def test_the_whole_text_is_escaped() -> None:
    async with visitor(knowledge=replace(ALONE_KNOWLEDGE, source="<b>粗</b>&甲。")) as client:
        assert ">&lt;b&gt;粗&lt;/b&gt;&amp;甲。</span></p>" in (await client.get("/read")).text


def test_the_address_of_the_whole_text_can_be_pressed_and_no_other_path() -> None:
    assert linkify("在这里：/read") == '在这里：<a href="/read" rel="noopener">/read</a>'
    assert linkify("a/read /reader https://x.cn/read") == (
        'a/read /reader <a href="https://x.cn/read" rel="noopener">https://x.cn/read</a>'
    )
