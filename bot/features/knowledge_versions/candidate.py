"""What might be served next, looked over before it is: parsed, linted, compared, asked the golden questions.

All of it is slow and none of it waits for anything: it is to be run in a worker thread.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.errors import KnowledgeError, ValidationIssue
from bot.features.knowledge_versions.regression import Changed, added, changes, together, unmet
from bot.features.knowledge_versions.sample_questions import Sample, sample_questions
from bot.knowledge.diff.diff import Diff, compare
from bot.knowledge.diff.passages import PassageChanges, compare_passages, shared_sentences
from bot.knowledge.edit.amend import AmendResult, amend_all, new_points_text
from bot.knowledge.edit.amendment import Amendment, amendments_from_json, amendments_to_json
from bot.knowledge.files import POINTS_FILE, Files, sha256_hex
from bot.knowledge.load import ValidationResult, validate_files
from bot.knowledge.model import Knowledge
from bot.knowledge.parse.golden_file import golden_of
from bot.knowledge.parse.yaml_nodes import limit_issues
from bot.quiz.generation.handwritten import inactive_ids, lint_handwritten
from bot.records.knowledge_versions import BlobRecord, Origin, StoredContent
from bot.retrieval.retriever import Retriever

Make = Callable[[Knowledge, Files], Retriever]
"""Makes what answers questions on a knowledge that files hold, soon: ``provisional`` where its meanings lack."""

GoesOn = Callable[[int, int], bool]
"""Told after each meaning how many are made, and of how many; whether to go on."""

Understand = Callable[[Retriever, GoesOn], Retriever | None]
"""What answers questions by meaning too, the meanings that lack made, which may take minutes; None where it was told
not to go on. Raises what the model's library raises."""


Way = Literal["files", "document", "edition"]
"""How what is sent takes the place of what is served: files replace files of the same names; a document of its own
replaces everything; a new edition replaces the source, and what still stands in it stays."""
ANOTHER = 0.1
"""The share of sentences in common up to which two documents are not editions of one."""
EDITION = 0.5
"""The share from which on they plainly are."""


@dataclass(frozen=True, slots=True)
class Served:
    """What answers now, and what it is made of. ``files`` have the amendments in them, except those that ``rest``:
    their point or section is gone, and they wait for it to come back."""

    content: Content
    files: Files
    retriever: Retriever
    issues: tuple[ValidationIssue, ...] = ()
    rest: tuple[Amendment, ...] = ()

    @property
    def knowledge(self) -> Knowledge:
        """What is known."""
        return self.retriever.knowledge


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """What somebody wants to be served instead of what is: a change, so that what others did meanwhile is not lost.

    ``folder`` is the digest of the folder, where the change takes that in; None where it stays what it was.
    ``notes``: what of a document could not be read.
    """

    change: Callable[[Content], Content] = field(repr=False)
    origin: Origin
    author: str
    note: str
    folder: str | None = None
    way: Way = "files"
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """What might be served instead. ``served`` is None where it cannot be: ``issues`` say why.

    ``against``: the number of the version that it was compared with. ``asked``: how many golden questions were, and
    ``added``: how many that are new. ``same``: it is what is served already. ``another``: it is another document, of
    which nothing is compared. ``edition``: it is a new edition of a document. ``samples``: what it can be asked, if it
    is a document as a whole. ``passages``: what differs from the edition before.
    """

    id: str
    proposal: ProposedChange
    against: int
    content: Content
    issues: tuple[ValidationIssue, ...]
    served: Served | None
    diff: Diff
    golden: tuple[Changed, ...] = ()
    asked: int = 0
    added: int = 0
    same: bool = False
    another: bool = False
    edition: bool = False
    samples: tuple[Sample, ...] = ()
    passages: PassageChanges = field(default_factory=PassageChanges)

    @property
    def broken(self) -> tuple[Changed, ...]:
        """The golden questions that would break, and those that are new and not met."""
        return tuple(change for change in self.golden if change.breaks)

    @property
    def fatal(self) -> tuple[ValidationIssue, ...]:
        """The issues that keep it from being served."""
        return tuple(issue for issue in self.issues if issue.fatal)

    @property
    def by_words(self) -> bool:
        """Whether its meanings are still to be made: golden questions were compared by words alone."""
        return self.served is not None and self.served.retriever.provisional


def look_over(loaded: ValidationResult) -> ValidationResult:
    """``loaded`` with every issue: those of its answers and those of its quiz."""
    if loaded.knowledge is None:
        return loaded
    issues = (*loaded.issues, *lint_handwritten(loaded.knowledge, loaded.quiz_file))
    return replace(loaded, issues=limit_issues(issues))


def amended(content: Content) -> tuple[Files, AmendResult]:
    """The files of ``content`` with its amendments in them, and what became of those.

    A source without points gets a points.yaml with the first of them.
    """
    if not content.amendments:
        return content.base, AmendResult("")
    text = content.base.get(POINTS_FILE)
    if text is None:
        knowledge = validate_files(content.base).knowledge
        if knowledge is None:
            return content.base, AmendResult("")
        text = new_points_text(knowledge, content.base.document)
    done = amend_all(text, content.amendments)
    return content.base.with_file(POINTS_FILE, done.text), done


def serve(content: Content, make: Make) -> Served:
    """``content``, ready to answer. Raises KnowledgeError where it cannot be."""
    files, done = amended(content)
    loaded = look_over(validate_files(files))
    if loaded.knowledge is None:
        raise KnowledgeError([issue for issue in loaded.issues if issue.fatal])
    # what a file has by now is the file's own: it can no more be taken back in a chat
    own = tuple(one for one in content.amendments if one not in done.already)
    return Served(
        replace(content, amendments=own),
        files,
        make(loaded.knowledge, files),
        loaded.issues,
        done.without_place,
    )


def check(id_: str, proposal: ProposedChange, now: Served, number: int, make: Make) -> Candidate:
    """``proposal`` compared with what is served ``now`` as version ``number``."""
    content = proposal.change(now.content)
    served: Served | None = None
    try:
        served = serve(content, make)
        issues = served.issues
    except KnowledgeError as error:
        issues = look_over(validate_files(amended(content)[0])).issues or error.issues
    candidate = Candidate(id_, proposal, number, content, issues, served, Diff())
    if served is None:
        return candidate
    if proposal.way != "files" or proposal.origin in {"folder", "rollback"}:
        candidate = _with_samples(candidate, now.knowledge, served)
    if candidate.another:
        return replace(candidate, content=served.content, same=served.content == now.content)
    candidate = replace(candidate, diff=_compared(now.knowledge, served.knowledge))
    if not served.retriever.provisional:  # what is served for a minute or two is not worth the wait
        served.retriever.warm_up_from(now.retriever)
    candidate = replace(candidate, content=served.content, same=served.content == now.content)
    before = golden_of(now.knowledge)
    if candidate.edition:  # that a point went with its words is told as such
        ids = {point.id for point in served.knowledge.points}
        before = tuple(one for one in before if not one.points or ids & set(one.points))
    new = added(before, served.knowledge.golden)
    fresh = {one.ask for one in new}
    golden = [one for one in together(before, served.knowledge.golden) if one.ask not in fresh]
    was, then = _alike(now.retriever, served.retriever)
    changed = (*unmet(new, was, then), *changes(golden, was, then))
    return replace(candidate, golden=changed, asked=len(golden), added=len(new))


def _with_samples(candidate: Candidate, before: Knowledge, served: Served) -> Candidate:
    """``candidate`` with what a document as a whole is shown by, as another one or as a new edition."""
    old, new = before.structure, served.knowledge.structure
    way = candidate.proposal.way
    another = way == "document" or (way == "files" and shared_sentences(old, new) <= ANOTHER)
    alone = candidate.proposal.origin == "folder" and candidate.content.base.get(POINTS_FILE) is None
    edition = way == "edition" or (alone and not another)
    passages = compare_passages(old, new) if edition else PassageChanges()
    shown = sample_questions(served.retriever) if another or edition else ()
    return replace(candidate, another=another, edition=edition, samples=shown, passages=passages)


def check_again(before: Retriever, served: Served) -> tuple[Changed, ...]:
    """The golden questions that break from ``before`` to what is ``served``, now that its meanings are there.

    ``before`` is as it was when the first version without meanings came.
    """
    golden = together(golden_of(before.knowledge), served.knowledge.golden)
    before = before.by_words() if before.provisional else before
    return tuple(change for change in changes(golden, before, served.retriever) if change.breaks)


def _alike(now: Retriever, then: Retriever) -> tuple[Retriever, Retriever]:
    """Both by words alone where one of them has no meanings yet: else each «not yet» would count as broken."""
    if now.provisional or then.provisional:
        return now.by_words(), then.by_words()
    return now, then


def _compared(old: Knowledge, new: Knowledge) -> Diff:
    return compare(old, new, inactive_before=inactive_ids(old), inactive_now=inactive_ids(new))


@dataclass(frozen=True, slots=True)
class Content:
    """What a version is made of: files as they came, and what was added to them in chats, in that order."""

    base: Files
    amendments: tuple[Amendment, ...] = ()

    def rows(self) -> tuple[str, str, list[BlobRecord]]:
        """How it is kept: JSON of the files' digests by name, JSON of the amendments, and the files."""
        blobs = {name: BlobRecord(sha256_hex(text.encode()), text.encode()) for name, text in self.base}
        names = {name: blob.digest for name, blob in blobs.items()}
        return json.dumps(names), amendments_to_json(self.amendments), list(blobs.values())

    @classmethod
    def of(cls, stored: StoredContent) -> Content:
        """What the version that was stored so is made of. Raises ValueError for amendments of another program."""
        return cls(Files(stored.texts), amendments_from_json(stored.amendments))
