"""What admins see of what goes on, wired together: counts, /stats, the page that a signed link opens."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from bot.access.members import MemberLabels
from bot.access.roles import RolePolicy
from bot.access.secret import Secret, load_or_create_secret, load_pseudonym_secret, load_secret
from bot.channels.web.admin.ports import AdminPageData, AuditRow, UnansweredGroup, VersionRow
from bot.config import Settings
from bot.features.admin_login.login import AdminLogin, make_login_link
from bot.features.answers.question_counter import Counting
from bot.features.knowledge_versions.history import change_lines
from bot.features.knowledge_versions.version_manager import SYSTEM
from bot.features.roles.audit_entries import Deeds, fold
from bot.features.roles.audit_view import READ
from bot.features.statistics.charts.renderer import drawing
from bot.features.statistics.commands import Stats
from bot.features.unanswered.cases import Case, Cases
from bot.library import Library
from bot.retrieval.retriever import Retriever
from bot.threads import run_in_background
from bot.wording import Versions as Wording

if TYPE_CHECKING:
    from bot.storage.store import SqlStore

SHOWN = 50  # rows of each list on the page


@dataclass(slots=True)
class Insights:
    """What is counted, and how it is shown. ``address`` is where the page is reached; set when it is bound.

    ``visitors`` signs the cookies of those who come to the page.
    """

    counting: Counting
    login: AdminLogin
    store: SqlStore
    library: Library
    deeds: Deeds
    zone: str
    clock: Callable[[], datetime]
    visitors: Secret
    address: str = ""
    cases: Cases = field(init=False)

    def __post_init__(self) -> None:
        """Group questions once for all looks at them."""
        self.cases = Cases(self.store.missed, lambda: self.library.current, self.clock)

    def stats(self, *, paged: bool) -> Stats:
        """/stats; ``paged``: the web page is served too."""
        public = self.address != ""
        return Stats(
            self.store.insight,
            lambda: self.library.current.knowledge,
            clock=self.clock,
            zone=self.zone,
            drawing=drawing(),
            invite=make_login_link(self.login, lambda: self.address, public=public) if paged else None,
        )

    def console(self) -> AdminPageData:
        """What the page shows."""
        return AdminPageData(
            self.login,
            self.stats(paged=False).figures,
            self.zone,
            misses=self._misses,
            versions=self._versions,
            audits=self._audits,
        )

    async def _misses(self) -> Sequence[UnansweredGroup]:
        retriever = self.library.current
        found = (await self.cases.open())[:SHOWN]
        # fifty questions that the document does not answer take most of a second: members' go first
        return await run_in_background(lambda: [_shown(case, retriever) for case in found])

    async def _versions(self) -> Sequence[VersionRow]:
        found = await self.store.versions.versions(SHOWN)
        called = await MemberLabels.load({one.author for one in found} - {SYSTEM}, self.store.quizzes)
        return [
            VersionRow(
                one.number,
                one.at,
                Wording.AUTHOR_SYSTEM if one.author == SYSTEM else called.full(one.author),
                one.note,
                "；".join(change_lines(one)),
            )
            for one in found
        ]

    async def _audits(self) -> Sequence[AuditRow]:
        deeds = await self.deeds.told(fold(await self.store.audit.page(READ))[:SHOWN])
        return [
            AuditRow(deed.row.at, deed.who, deed.what + deed.times, deed.detail, deed.row.allowed) for deed in deeds
        ]


def _shown(case: Case, retriever: Retriever) -> UnansweredGroup:
    matches = retriever.ask(case.standing[0].text).matches
    wordings = tuple(wording.text for wording in case.group.wordings)
    return UnansweredGroup(wordings, case.group.times, matches[0].point.title if matches else "")


async def open_insights(
    settings: Settings,
    store: SqlStore,
    library: Library,
    rights: RolePolicy,
    *,
    deeds: Deeds,
    clock: Callable[[], datetime],
) -> Insights:
    """Insight into what this process and others on the same database did. Raises StorageError."""
    secret = await load_or_create_secret(store.once, lambda: secrets.token_hex(32))
    login = AdminLogin(
        secret,
        store.once,
        rights,
        store,
        clock=clock,
        new_nonce=lambda: secrets.token_urlsafe(16),
        current=lambda: load_secret(store.quizzes),
    )
    lasting = await load_pseudonym_secret(store.quizzes)
    counting = Counting(store, lasting, clock)
    return Insights(counting, login, store, library, deeds, settings.time_zone, clock, lasting, settings.public_url)
