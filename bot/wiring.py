"""Features, wired: what each is made of. ``bot.app`` lists them."""

from __future__ import annotations

import asyncio
import importlib.util
import logging
import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.access.member_names import AdminNameRecorder
from bot.access.members import MemberLabels, invalid_owner_places
from bot.access.quotas import AuditLog
from bot.access.roles import RolePolicy
from bot.access.secret import Secret, load_or_create_secret, load_pseudonym_secret, load_secret
from bot.channels.web.admin.ports import (
    AdminPageData,
    AuditTableRow,
    CompetitionDesk,
    CompetitionTableRow,
    QuestionSources,
    UnansweredGroup,
    VersionTableRow,
)
from bot.chats.chosen_documents import ChosenDocuments
from bot.config import Settings
from bot.contests.question_source import QuestionSource
from bot.conversation.answer_guard import AnswerGuard
from bot.conversation.capabilities import ChannelDirectory
from bot.conversation.channel import Channels
from bot.conversation.commands import CommandName
from bot.conversation.dialogue import Dialogues
from bot.conversation.messages import Code, Incoming, Reply
from bot.conversation.rate_limit import Limiter
from bot.conversation.router import Feature, Router
from bot.conversation.shelf import Shelf
from bot.errors import PaperRefusedError
from bot.features.accounts.linking import ALPHABET, LENGTH, AccountLinking
from bot.features.admin_login.login import AdminLogin, make_login_link
from bot.features.answers.feature import Answers
from bot.features.answers.judgement_queue import JudgementQueue
from bot.features.answers.question_counter import QuestionCounter
from bot.features.answers.question_service import QuestionService
from bot.features.contests.appointments import Reading, reading_the_same
from bot.features.contests.feature import ContestsFeature
from bot.features.knowledge_versions.added_documents import ShelfFolders
from bot.features.knowledge_versions.candidate import Make, Understand, look_over
from bot.features.knowledge_versions.drafting import DraftTools
from bot.features.knowledge_versions.history import change_lines
from bot.features.knowledge_versions.startup import OpenedKnowledge, open_knowledge
from bot.features.knowledge_versions.version_manager import SYSTEM
from bot.features.papers.commands import PaperCommands
from bot.features.papers.competitions import Competitions
from bot.features.papers.organising import Organising
from bot.features.papers.paper_service import PaperService
from bot.features.papers.presenter import rules_line
from bot.features.papers.reminders import CompetitionReminders
from bot.features.papers.report import report
from bot.features.papers.roster import read_roster
from bot.features.papers.writing import PaperWriting
from bot.features.roles.audit_entries import AuditFormatter, fold
from bot.features.roles.audit_view import READ
from bot.features.rooms.rooms import Rooms
from bot.features.shelf.feature import MayChoose, ShelfFeature
from bot.features.shelf.folders import (
    MAX_DOCUMENTS,
    REPLACED,
    DocumentsBeside,
    document_key,
    documents_in,
    main_document,
    restore_replaced,
    with_added,
)
from bot.features.statistics.charts.statistics_charts import drawing, ranking_drawing
from bot.features.statistics.commands import Stats
from bot.features.study.feature import Study
from bot.features.unanswered.cases import Case, Cases
from bot.knowledge.files import Files
from bot.knowledge.load import validate_folder
from bot.knowledge.model import Knowledge
from bot.library import MAIN, Library
from bot.question_bank import KEPT, QuestionBankCache
from bot.quiz.question import Question
from bot.records.contests import SettingRecord
from bot.records.feedback import Clock, Store
from bot.retrieval.retriever import Retriever
from bot.retrieval_factory import RetrieverFactory, file_cache_of, make_retriever
from bot.saved_banks import SavedBanks
from bot.threads import run_in_background, run_in_thread
from bot.wording import Banks, Doctor, Versions
from bot.wording import Papers as PaperWording

if TYPE_CHECKING:
    from bot.storage.contests import ContestRepository
    from bot.storage.store import SqlStore

BOT: Final = "bot"
MAIN_DOCUMENT: Final = "main_document"
"""The setting of the bot that names the document whose versions are kept."""
SHOWN = 50  # rows of each list on the page
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenedRetrieval:
    """What the process begins to serve, and how more of it is made; ``understand`` makes the meanings that lack.

    ``folder`` holds the main document, ``beside`` are the others.
    """

    opened: OpenedKnowledge
    library: Library
    bank: QuestionBankCache
    make: Make
    understand: Understand
    folder: Path
    beside: DocumentsBeside
    shelf: ShelfFolders


async def open_retrieval(settings: Settings, store: SqlStore, clock: Callable[[], datetime]) -> OpenedRetrieval:
    """What was served last, or the folder. Raises KnowledgeError and StorageError."""
    begun = clock()
    maker = await run_in_thread(lambda: RetrieverFactory(settings))
    added = settings.data_dir / "shelf"
    operators = await run_in_thread(lambda: documents_in(settings.knowledge_dir))
    await run_in_thread(lambda: restore_replaced(added))
    documents = await run_in_thread(lambda: with_added(operators, added))
    key = await _main_document(store, documents, operators)
    folder = documents.pop(key)
    bank = QuestionBankCache(KEPT + len(documents))

    def make(knowledge: Knowledge, files: Files) -> Retriever:
        bank.prepare(knowledge)
        return maker.make(knowledge, files)

    opened = await open_knowledge(
        store.versions,
        lambda: look_over(validate_folder(folder)),
        make,
        clock=clock,
        in_thread=run_in_thread,
    )
    beside = DocumentsBeside(documents, make, maker.rebuild_with_embeddings)
    await run_in_thread(beside.read)
    retriever = opened.served.retriever
    how = "words" if retriever.provisional else "meaning too" if retriever.has_embeddings else "words alone"
    seconds = (clock() - begun).total_seconds()
    _log.info("knowledge version %d is served, by %s, %.1f s after the start", opened.number, how, seconds)
    library = Library(retriever, beside.retrievers, key)
    main_key = document_key(folder) if key == MAIN else key
    shelf = ShelfFolders(
        added,
        main_key,
        document_key,
        lambda wanted: folder if wanted == main_key else beside.paths.get(wanted),
        beside.take,
        lambda wanted: beside.leave(wanted, operators.get(wanted)),
        MAX_DOCUMENTS,
        beside.lock,
        REPLACED,
    )
    return OpenedRetrieval(opened, library, bank, make, maker.rebuild_with_embeddings, folder, beside, shelf)


async def _main_document(store: SqlStore, documents: Mapping[str, Path], operators: Mapping[str, Path]) -> str:
    """The key of the document whose versions are kept, which is remembered: more may be added while this one is broken.

    ``operators``: those of ``documents`` that no editor added.
    """
    chosen = await store.contests.setting(BOT, MAIN_DOCUMENT)
    last = next(iter(await store.versions.versions(1)), None)
    digest = last.folder if last is not None else ""
    key = await run_in_thread(lambda: main_document(documents, operators, chosen, digest))
    named = document_key(documents[key]) if key == MAIN else key
    if named != chosen:
        await store.contests.save(SettingRecord(BOT, MAIN_DOCUMENT, named))
    return key


def open_library(settings: Settings) -> Library:
    """All documents of the configured folder, ready, without a store. Raises KnowledgeError."""
    documents = with_added(documents_in(settings.knowledge_dir), settings.data_dir / "shelf")
    if len(documents) == 1:
        return Library(make_retriever(settings))
    maker = RetrieverFactory(settings)
    beside = DocumentsBeside(documents, maker.make_ready, maker.rebuild_with_embeddings)
    beside.read()
    if not beside.retrievers:  # says what is wrong
        return Library(make_retriever(settings))
    key, *_ = beside.retrievers
    return Library(beside.retrievers.pop(key), beside.retrievers, key)


def make_draft_tools(settings: Settings, channels: Channels) -> DraftTools:
    """What /draft needs; with a language model if one is configured and its library is installed."""
    factory: list[RetrieverFactory] = []  # loaded when it is first wanted, which few processes do

    def make(knowledge: Knowledge, files: Files) -> Retriever:
        if not factory:
            factory.append(RetrieverFactory(settings.model_copy(update={"meaning": False})))
        return factory[0].make_ready(knowledge, files)

    if not (settings.llm_url and settings.llm_model) or importlib.util.find_spec("openai") is None:
        return DraftTools(make, channels.tell)
    from bot.drafting.language_model import EndpointSettings, PhrasingModel  # noqa: PLC0415 - an extra

    endpoint = EndpointSettings(settings.llm_url, settings.llm_model, settings.llm_key.get_secret_value())
    model = PhrasingModel(endpoint, file_cache_of(settings))
    return DraftTools(make, channels.tell, model, urlsplit(settings.llm_url).netloc)


def make_router(
    library: Library,
    store: Store,
    clock: Clock,
    run_id: str,
    *,
    rights: RolePolicy,
    audit: AuditLog,
    features: Sequence[Feature] = (),
    guard: AnswerGuard | None = None,
    admin_names: AdminNameRecorder | None = None,
    limiter: Limiter | None = None,
    counting: QuestionCounter | None = None,
    judging: JudgementQueue | None = None,
    choices: ChosenDocuments | None = None,
    may_choose: MayChoose | None = None,
) -> Router:
    """The conversation about what ``library`` serves, with ``features`` beside the answers.

    ``run_id`` differs between processes. Without ``judging``, a question is judged at once. ``choices``: which document
    each chat reads; ``may_choose`` tells who may set that in a group.
    """
    guard = guard or AnswerGuard()
    directory, dialogues = ChannelDirectory(), Dialogues()

    async def help_for(person: str, unable: Collection[CommandName]) -> str:
        return await router.help_for(person, unable)

    answering = QuestionService(store, run_id, counting=counting, judging=judging, guard=guard, directory=directory)
    shelf = Shelf(library, choices)
    answers = Answers(shelf, answering, clock, guard=guard, dialogues=dialogues, directory=directory, help_for=help_for)
    documents = ShelfFeature(shelf, dialogues, clock, ask=answers.answer, may_choose=may_choose)
    router = Router(
        [*features, answers.feature(), documents.feature()],
        rights,
        audit,
        clock,
        admin_names=admin_names,
        limiter=limiter,
        guard=guard,
        dialogues=dialogues,
        directory=directory,
        shelf=shelf,
    )
    return router


def make_study(
    contests: ContestsFeature,
    store: ContestRepository,
    knowledge: Callable[[], Knowledge],
    clock: Clock,
    zone: str,
    *,
    elsewhere: Callable[[], Collection[str]] = tuple,
) -> Study:
    """Study, which shares with contests the questions, what is due, and that quizzes are paused."""
    study = Study(
        store,
        contests.questions,
        knowledge,
        contests.channels,
        guard=contests.guard,
        clock=clock,
        zone=zone,
        guarded=contests.guarded,
        claiming=contests.claiming,
        elsewhere=elsewhere,
    )
    contests.due.update(study.due)
    contests.also_forget.insert(0, study.forget)
    return study


def questions_elsewhere(library: Library, bank: QuestionBankCache) -> Callable[[], frozenset[str]]:
    """Gives the ids of questions of all documents but the one that is read, and that this one has not got itself."""

    def ids() -> frozenset[str]:
        if not library.is_shelf:
            return frozenset()
        read = library.current
        others = [one for one in library.documents.values() if one is not read]
        found = frozenset(question.id for one in others for question in bank.prepare(one.knowledge))
        return found.difference(question.id for question in bank.prepare(read.knowledge))

    return ids


def make_accounts(
    contests: ContestsFeature, store: SqlStore, rights: RolePolicy, audit: AuditLog, clock: Clock
) -> Feature:
    """/link and /unlink."""
    linking = AccountLinking(
        store.contests,
        store.first_writer,
        rights,
        audit,
        contests.channels,
        guard=contests.guard,
        clock=clock,
        new_code=lambda: "".join(secrets.choice(ALPHABET) for _ in range(LENGTH)),
    )
    return linking.feature(contests.guarded)


def make_contests(
    settings: Settings,
    store: ContestRepository,
    retrieval: OpenedRetrieval,
    *,
    rights: RolePolicy,
    audit: AuditLog,
    forget: Callable[[str], Awaitable[None]],
    clock: Clock,
    saved_banks: SavedBanks | None = None,
    reading: Reading = reading_the_same,
) -> ContestsFeature:
    """Quizzes on the knowledge that is served; ``forget`` erases what is kept of a member elsewhere.

    ``reading``: within, what is served is the document that a chat reads.
    """
    return ContestsFeature(
        store,
        retrieval.bank.questions_of(lambda: retrieval.library.current.knowledge),
        lambda: retrieval.library.current.knowledge,
        also_forget=forget,
        audit=audit,
        clock=clock,
        new_id=short_id,
        is_host=lambda person: rights.may(person, "host"),
        zone=settings.time_zone,
        lead_in=settings.quiz_lead_in,
        saved_banks=saved_banks,
        reading=reading,
    )


def make_papers(
    store: SqlStore, library: Library, contests: ContestsFeature, saved_banks: SavedBanks, *, clock: Clock, zone: str
) -> PaperService:
    """Competitions that last for days, on the documents of ``library`` and the saved banks."""

    async def questions_of(document: str, bank: str) -> Sequence[Question]:
        with library.reading(document):
            if not bank:
                return await contests.questions.askable()
            saved = {one.name: one for one in await saved_banks.list()}
            if bank not in saved:
                raise PaperRefusedError(Banks.NO_BANK.format(name=bank, names="、".join(saved)))
            out = await contests.questions.removed()
            found = await saved_banks.playable(saved[bank], library.current.knowledge)
            return [one for one in found if one.id not in out]

    async def asked_in_papers() -> Collection[str]:
        return {one.bank for one in await store.papers.competitions() if one.bank and one.ends_at > clock()}

    saved_banks.withheld = asked_in_papers
    competitions = Competitions(
        store.papers,
        store.contests.accounts_of,
        questions_of,
        clock=clock,
        new_id=short_id,
        new_seed=lambda: secrets.token_hex(16),
    )
    return PaperService(
        store.papers,
        competitions,
        questions_of,
        store.contests.accounts_of,
        store.contests.person_of,
        clock=clock,
        zone=zone,
    )


def make_rooms(
    contests: ContestsFeature,
    store: SqlStore,
    library: Library,
    page: AdminPage,
    *,
    saved_banks: SavedBanks,
    clock: Clock,
    zone: str,
) -> Rooms:
    """Live rooms, which are contests like any other: they are taken up with those after a restart."""
    source = QuestionSource(store.contests, contests.questions, lambda: library.current.knowledge, saved_banks)
    rooms = Rooms(
        contests.contests,
        store.rooms,
        store.contests,
        source,
        library,
        secret=page.visitors,
        address=lambda: page.address,
        clock=clock,
        new_id=short_id,
        guard=contests.guard,
        draw=ranking_drawing(),
        zone=ZoneInfo(zone),
    )
    contests.also_restore.append(rooms.restore)
    return rooms


def make_paper_features(
    papers: PaperService,
    store: SqlStore,
    library: Library,
    contests: ContestsFeature,
    *,
    saved_banks: SavedBanks,
    rights: RolePolicy,
    settings: Settings,
) -> tuple[tuple[Feature, ...], CompetitionDesk]:
    """/paper, and competitions on the page for admins; links lead to the page where members reach it from elsewhere."""

    async def may_hold(person: str) -> bool:
        return await rights.read_may(person, "host")

    def address() -> str:
        return settings.public_url

    def source_of(document: str, bank: str) -> str:
        if bank:
            return PaperWording.OF_BANK.format(bank=bank)
        known = library.documents.get(document, library.main)
        return PaperWording.OF_DOCUMENT.format(title=known.knowledge.title)

    organising = Organising(
        papers,
        may_hold=may_hold,
        document=lambda: library.reading_key if library.is_shelf else "",
        source_of=source_of,
        address=address,
        new_id=short_id,
        zone=settings.time_zone,
    )
    writing = PaperWriting(papers)
    contests.also_forget += [writing.forget, papers.forget]
    reminders = CompetitionReminders(
        papers,
        store.contests,
        contests.channels,
        contests.quiet,
        contests.permissions,
        address=address,
        take_up=writing.take_up,
    )
    commands = PaperCommands(papers, organising, writing, reminders)
    desk = _competition_desk(papers, organising, library, contests, saved_banks)
    return (commands.feature(), commands.organisers_feature()), desk


def _competition_desk(
    papers: PaperService,
    organising: Organising,
    library: Library,
    contests: ContestsFeature,
    saved_banks: SavedBanks,
) -> CompetitionDesk:
    """Competitions on the page for admins."""
    competitions = papers.competitions

    async def rows() -> Sequence[CompetitionTableRow]:
        return [
            CompetitionTableRow(
                one.id,
                one.title,
                PaperWording.PHASES[competitions.phase(one)],
                papers.window(one),
                rules_line(one),
                Code.ADMIN.to(f"pe-{one.id}") if competitions.phase(one) != "over" else "",
            )
            for one in await competitions.all()
        ]

    async def sources() -> QuestionSources:
        documents = [
            (key if library.is_shelf else "", PaperWording.OF_DOCUMENT.format(title=one.knowledge.title))
            for key, one in library.documents.items()
        ]
        return QuestionSources(documents, [bank.name for bank in await saved_banks.list()])

    async def read_names(data: bytes) -> tuple[tuple[str, str], ...]:
        return await run_in_thread(lambda: read_roster(data))

    async def report_of(name: str) -> tuple[str, bytes]:
        of = await competitions.find(name)
        board, shares = await papers.board(of), await papers.question_shares(of)
        names = await competitions.roster(of)
        texts = {one.id: one.question for one in await papers.questions_of(of)}
        return of.title, await run_in_thread(lambda: report(board, shares, names, lambda id_: texts.get(id_, "")))

    return CompetitionDesk(rows, sources, organising.show_plan, read_names, report_of)


def make_audit_formatter(store: SqlStore, retrieval: OpenedRetrieval) -> AuditFormatter:
    """What tells the audit log in words of what is served now."""

    def knowledge() -> Knowledge:
        return retrieval.library.current.knowledge

    bank = retrieval.bank.questions_of(knowledge)

    def question(name: str) -> str:
        return next((found.question for found in bank() if found.id == name), "")

    def point(name: str) -> str:
        return next((found.title for found in knowledge().points if found.id == name), "")

    return AuditFormatter(store.contests, groups=store.groups.list_groups, question=question, point=point)


class OwnerNotifier:
    """Tells ``owners`` what they should know, each in private, as soon as their channel is there."""

    def __init__(self, owners: Sequence[str], channels: Channels) -> None:
        self._owners = tuple(owners)
        self._channels = channels
        self._telling: set[asyncio.Task[None]] = set()
        if bad := invalid_owner_places(self._owners):  # by their places: a token may have slipped in
            places = "、".join(map(str, bad))
            _log.warning("%s: %s", Doctor.ADMINS, Doctor.ADMINS_BAD.format(places=places))

    async def tell(self, reply: Reply) -> None:
        """Say ``reply`` to every owner in private as soon as the channel is connected, without waiting for that."""
        _log.info("told to owners: %s", reply.text)
        for owner in self._owners:
            task = asyncio.create_task(self._tell(owner, reply), name="telling")
            self._telling.add(task)  # the event loop itself keeps no task alive
            task.add_done_callback(self._telling.discard)
            task.add_done_callback(log_failure)

    async def close(self) -> None:
        """Tell nobody any more."""
        telling = tuple(self._telling)
        for task in telling:
            task.cancel()
        await asyncio.gather(*telling, return_exceptions=True)

    async def _tell(self, owner: str, reply: Reply) -> None:
        channel = self._channels.of(owner)  # looked up when the loop goes on: channels are made after this begins
        if channel is not None:
            await channel.post(owner, reply)


def log_failure(task: asyncio.Task[Any]) -> None:
    """Log why ``task`` came to an end, if it failed."""
    if not task.cancelled() and task.exception() is not None:
        _log.error("%s came to an end", task.get_name(), exc_info=task.exception())


@dataclass(slots=True)
class AdminPage:
    """What is counted, and how it is shown. ``address`` is where the page is reached; set when it is bound.

    ``visitors`` signs the cookies of those who come to the page.
    """

    counting: QuestionCounter
    login: AdminLogin
    store: SqlStore
    library: Library
    formatter: AuditFormatter
    zone: str
    clock: Callable[[], datetime]
    visitors: Secret
    address: str = ""
    cases: Cases = field(init=False)

    def __post_init__(self) -> None:
        """Group questions once for all looks at them."""
        self.cases = Cases(self.store.unanswered, lambda: self.library.main, self.clock, lambda: self.library.titles)

    def stats(self, *, paged: bool) -> Stats:
        """/stats; ``paged``: the web page is served too."""
        public = self.address != ""
        return Stats(
            self.store.statistics,
            lambda: self.library.main.knowledge,
            clock=self.clock,
            zone=self.zone,
            drawing=drawing(),
            flush=self.counting.flush,
            beside=lambda: {key: one.knowledge for key, one in self.library.documents.items()},
            invite=make_login_link(self.login, lambda: self.address, public=public) if paged else None,
        )

    def console(
        self,
        converse: Callable[[Incoming], Awaitable[Reply]] | None = None,
        competitions: CompetitionDesk | None = None,
    ) -> AdminPageData:
        """What the page shows; what is sent there goes to ``converse``. ``competitions`` are held there."""
        return AdminPageData(
            self.login,
            self.stats(paged=False).figures,
            self.zone,
            misses=self._misses,
            versions=self._versions,
            audits=self._audits,
            converse=converse,
            competitions=competitions,
        )

    async def _misses(self) -> Sequence[UnansweredGroup]:
        retriever = self.library.main
        found = (await self.cases.open())[:SHOWN]
        # fifty questions that the document does not answer take most of a second: members' go first
        return await run_in_background(lambda: [_shown(case, retriever) for case in found])

    async def _versions(self) -> Sequence[VersionTableRow]:
        found = await self.store.versions.versions(SHOWN)
        served = max((one.number for one in found), default=0)
        called = await MemberLabels.load({one.author for one in found} - {SYSTEM}, self.store.contests)
        return [
            VersionTableRow(
                one.number,
                one.at,
                Versions.AUTHOR_SYSTEM if one.author == SYSTEM else called.full(one.author),
                one.note,
                "；".join(change_lines(one)),
                "" if one.number == served else Code.ADMIN.to(f"rb-{one.number}"),
            )
            for one in found
        ]

    async def _audits(self) -> Sequence[AuditTableRow]:
        entries = await self.formatter.format_entries(fold(await self.store.audit.page(READ))[:SHOWN])
        return [
            AuditTableRow(one.row.at, one.who, one.what + one.times, one.detail, one.row.allowed) for one in entries
        ]


def _shown(case: Case, retriever: Retriever) -> UnansweredGroup:
    matches = retriever.ask(case.standing[0].text).matches
    wordings = tuple(wording.text for wording in case.group.wordings)
    nearest = matches[0].point.title if matches else ""
    return UnansweredGroup(wordings, case.group.times, nearest, Code.ADMIN.to(f"mg-{case.digest}"))


async def open_admin_page(
    settings: Settings,
    store: SqlStore,
    library: Library,
    rights: RolePolicy,
    *,
    formatter: AuditFormatter,
    clock: Callable[[], datetime],
) -> AdminPage:
    """Insight into what this process and others on the same database did. Raises StorageError."""
    secret = await load_or_create_secret(store.first_writer, lambda: secrets.token_hex(32))
    login = AdminLogin(
        secret,
        store.first_writer,
        rights,
        store.audit,
        clock=clock,
        new_nonce=lambda: secrets.token_urlsafe(16),
        current=lambda: load_secret(store.contests),
    )
    lasting = await load_pseudonym_secret(store.contests)
    counting = QuestionCounter(store.question_counts, lasting, clock)
    return AdminPage(
        counting, login, store, library, formatter, settings.time_zone, clock, lasting, settings.public_url
    )


def short_id() -> str:
    """An id that fits a button, never the same twice."""
    return secrets.token_hex(4)
