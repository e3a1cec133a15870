"""Every kind of broken file, sent to the real process: told by file, line and mend; the old knowledge answers on."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.wording import Versions
from tests.e2e.admin_bot import ABOUT_ROAD, ROAD, AdminBot, new_admin_bot
from tests.unit.knowledge.broken import BROKEN, Broken

pytestmark = pytest.mark.asyncio(loop_scope="module")
MEGABYTE = 1_000_000


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def admin_bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[AdminBot]:
    async with new_admin_bot(tmp_path_factory.mktemp("admin_bot")) as one:
        yield one


@pytest.mark.parametrize("broken", BROKEN, ids=[broken.kind for broken in BROKEN])
async def test_a_broken_file_is_refused_by_file_line_and_mend_and_changes_nothing(
    admin_bot: AdminBot, broken: Broken
) -> None:
    before = await admin_bot.version()
    large = len(broken.data) if len(broken.data) > MEGABYTE else None  # is not fetched at all
    refused = await admin_bot.send(broken.name, broken.data if large is None else b"", size=large)
    if broken.name.endswith(".docx"):  # has no lines to be told
        assert refused.text.startswith(Versions.UNREADABLE.format(name=broken.name))
        assert broken.mend in refused.text
    else:
        first = next(line for line in refused.text.splitlines() if line.startswith(f"{broken.told_name}:"))
        assert first.startswith(f"{broken.told_name}:{broken.line}: ")
        assert broken.mend in first
    assert (Versions.APPLY in refused.labels, "不妨碍使用" in refused.text) == (broken.minor, broken.minor)
    if refused.labels:
        assert (await admin_bot.press(refused, refused.labels[-1])).text == Versions.DISCARDED
    assert (await admin_bot.answer(ABOUT_ROAD), await admin_bot.version()) == (ROAD, before)
