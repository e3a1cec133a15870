"""The Telegram channel, from start to stop, inside an event loop that others use too."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram import Update
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, TypeHandler
from telegram.request import BaseRequest

from bot.channels.telegram.command_menu import set_command_menu
from bot.channels.telegram.contest_channel import MOVED, PollVoteHandler, TelegramContestChannel, handle_poll_update
from bot.channels.telegram.log_redaction import redacted_logs
from bot.channels.telegram.receive.handler import GroupObserver, UpdateHandler
from bot.channels.telegram.receive.parse_update import BotIdentity, RawUpdate, update_of
from bot.channels.telegram.receive.per_chat_queue import PerChatQueue
from bot.channels.telegram.receive.polling import MAX_PAUSE, HandledUpdateStore, Poller, UpdateTracker
from bot.channels.telegram.send.api import READ_TIMEOUT, Api, PriorityApi, make_api, retry_after_seconds
from bot.channels.telegram.send.sender import Sender
from bot.conversation.router import Router
from bot.errors import ConfigError
from bot.knowledge.model import Knowledge
from bot.wording import Telegram as Wording

PUBLIC_API = "https://api.telegram.org"
UPDATES = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member", "poll_answer", "poll")
_POLL_KINDS = ("poll_answer", "poll")
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+", re.ASCII)
_log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]


class TelegramChannel:
    """The bot on Telegram.

    ``conversation`` answers, ``knowledge`` gives what is served now (inline results cite it), ``handled_updates`` is
    the store of what the bot of an id has handled. ``poll_votes`` takes votes, ``groups`` is told of groups, and
    ``quizzes`` is connected while updates are fetched. ``owners`` are keys of persons whose command menu has the
    admins' commands too. ``api_url`` is the server's scheme, host and port. ``request`` and ``polling_request`` replace
    the HTTP transport, and ``sleep`` the waiting, for tests; ``paced`` keeps within Telegram's limits of its own
    accord. Raises ConfigError for what cannot be a token.
    """

    def __init__(
        self,
        token: str,
        conversation: Router,
        knowledge: Callable[[], Knowledge],
        handled_updates: Callable[[int], HandledUpdateStore],
        *,
        poll_votes: PollVoteHandler | None = None,
        quizzes: TelegramContestChannel | None = None,
        owners: Sequence[str] = (),
        groups: GroupObserver | None = None,
        api_url: str = PUBLIC_API,
        request: BaseRequest | None = None,
        polling_request: BaseRequest | None = None,
        paced: bool = True,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        if not is_token(token):
            raise ConfigError(Wording.TOKEN_REFUSED)
        self._token = token
        self._conversation = conversation
        self._knowledge = knowledge
        self._handled_updates = handled_updates
        self._poll_votes = poll_votes
        self._quizzes = quizzes or TelegramContestChannel()
        self._owners = tuple(owners)
        self._groups = groups
        self._api_url = api_url
        self._request = request
        self._polling_request = polling_request
        self._paced = paced
        self._sleep = sleep
        self.started = asyncio.Event()
        """Set when updates are being fetched."""
        self.address = ""
        """The address at which members find the bot, once Telegram has told."""

    async def run(self, stop: asyncio.Event) -> None:
        """Answer until ``stop``; then finish what is in hand. Waits for a server that cannot be reached yet.

        Raises ConfigError when Telegram does not know the token.
        """
        with redacted_logs(self._token):
            api = make_api(
                self._token,
                self._api_url,
                request=self._request,
                polling_request=self._polling_request,
                paced=self._paced,
            )
            try:
                if await self._connect(api, stop):
                    await self._serve(api, stop)
            finally:
                self.started.clear()
                await api.shutdown()

    async def _connect(self, api: Api, stop: asyncio.Event) -> bool:
        """Ask Telegram who the bot is until it says so; False when told to stop first."""
        pause = 0.0
        while not stop.is_set():
            try:
                await api.initialize()
            except InvalidToken:
                raise ConfigError(Wording.TOKEN_REFUSED) from None  # the cause's text has the token in it
            except TelegramError as error:
                pause = (
                    retry_after_seconds(error) if isinstance(error, RetryAfter) else min(MAX_PAUSE, pause * 2 or 1.0)
                )
                _log.warning("Telegram cannot be reached, next try in %g s: %s", pause, error)
                await _first_of(self._sleep(pause), stop.wait())
            else:
                return True
        return False

    async def _serve(self, api: Api, stop: asyncio.Event) -> None:
        sender = Sender(api, sleep=self._sleep)
        application = build_application(api, self._conversation, self._knowledge, sender, self._groups)
        await application.initialize()
        await application.start()
        menu = asyncio.create_task(set_command_menu(api.call, self._owners, sleep=self._sleep))
        poller = Poller(
            lambda offset, wait: _fetch(api, offset, wait),
            lambda raw: start_work(application, raw, self._poll_votes),
            UpdateTracker(self._handled_updates(api.id)),
            on_webhook=api.delete_webhook,
            repeatable=is_poll_update,
            sleep=self._sleep,
        )
        self.address = f"https://t.me/{api.username}"
        self.started.set()
        _log.info("Telegram: @%s is listening", api.username)
        try:
            async with self._quizzes.connected(Sender(PriorityApi(api), sleep=self._sleep), sender):
                await poller.run(stop)
        finally:
            menu.cancel()
            await asyncio.gather(menu, return_exceptions=True)  # whatever became of it, the rest has to be stopped
            await application.stop()
            await application.shutdown()


def is_token(text: str) -> bool:
    """Whether ``text`` looks like a token of @BotFather."""
    return _TOKEN.fullmatch(text) is not None


def build_application(
    api: Api,
    conversation: Router,
    knowledge: Callable[[], Knowledge],
    sender: Sender,
    groups: GroupObserver | None = None,
) -> App:
    """An application with the one handler and the one error handler; ``api`` has been initialized."""
    handler = UpdateHandler(conversation, knowledge, sender, BotIdentity(api.id, api.username), groups)

    async def on_error(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        await handler.on_error(update, context.error)

    application: App = (
        ApplicationBuilder()
        .bot(api)
        .updater(None)
        .concurrent_updates(PerChatQueue(on_full=handler.on_full))
        .job_queue(None)
        .build()
    )
    application.add_handler(TypeHandler(Update, handler.on_update))
    application.add_error_handler(on_error)
    return application


def is_poll_update(raw: RawUpdate) -> bool:
    """Whether an update is for ``handle_poll_update``."""
    return any(kind in raw for kind in _POLL_KINDS) or MOVED in raw.get("message", ())


def start_work(application: App, raw: RawUpdate, poll_votes: PollVoteHandler | None = None) -> Awaitable[None] | None:
    """Start to process an update as Telegram sent it, from a fetch or a webhook, behind others of its chat.

    Votes go to ``poll_votes`` once what this gives is awaited. None, with a line in the log, for an update that cannot
    be read.
    """
    if is_poll_update(raw):
        return handle_poll_update(poll_votes, raw) if poll_votes is not None else None
    try:
        update = update_of(raw, application.bot)
    except Exception as error:
        _log.error("update %s cannot be read: %r", raw.get("update_id"), error)
        return None
    processor = application.update_processor
    return asyncio.create_task(processor.process_update(update, application.process_update(update)))


async def _fetch(api: Api, offset: int, wait: int) -> list[RawUpdate]:
    data = {"offset": offset, "timeout": wait, "allowed_updates": UPDATES}
    updates: list[RawUpdate] = await api.call("getUpdates", data, read_timeout=READ_TIMEOUT + wait)
    return updates


async def _first_of(*waits: Awaitable[object]) -> None:
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
