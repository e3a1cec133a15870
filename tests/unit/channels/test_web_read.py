"""The whole text on one page: sentences to link to, a search within, the way from an answer to its sentence."""

from __future__ import annotations

import re

from tests.unit.channels.web_support import KNOWLEDGE, visitor


async def test_every_sentence_has_an_address_and_its_place() -> None:
    async with visitor() as client:
        page = (await client.get("/read")).text
    sentences = re.findall(r'<span class="sentence" id="(t\d+)">([^<]+)</span>', page)
    assert [text for _, text in sentences] == ["开头的话。", "第一段先说发展,再说民生,后说作风。", "第二段只有一句。"]
    assert len({anchor for anchor, _ in sentences}) == 3
    assert page.count("data-place=") == 3


async def test_a_passage_leads_to_its_sentence_in_the_whole_text() -> None:
    async with visitor() as client:
        sentences = re.findall(r'id="(t\d+)">([^<]+)<', (await client.get("/read")).text)
        anchor = next(name for name, text in sentences if KNOWLEDGE.point("last").quotes[0] in text)
        led = await client.get("/read?point=last")
        unknown = await client.get("/read?point=nope")
        card = (await client.post("/", data={"question": "民生"})).text
    assert (led.status_code, led.headers["location"]) == (303, f"/read#{anchor}")
    assert unknown.status_code == 404
    assert 'href="/read?point=one"' in card


async def test_a_word_is_found_with_the_sentences_that_have_it() -> None:
    async with visitor() as client:
        found = (await client.get("/read", params={"find": " 说 "})).text
        none = (await client.get("/read", params={"find": "<i>桥"})).text
        empty = await client.get("/read", params={"find": " "})
    assert found.count("<mark>说</mark>") == 3 and 'href="/read#t' in found
    assert "没有“&lt;i&gt;桥”" in none
    assert "先说发展" in empty.text


async def test_a_search_minds_neither_the_width_of_letters_nor_their_case() -> None:
    async with visitor() as client:
        page = (await client.get("/read", params={"find": "先说 发展，"})).text
    assert "先说发展," in re.sub(r"</?mark>", "", page)
