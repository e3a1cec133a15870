"""The bot's door: ``/bot{token}/{method}`` and file downloads, with faults, flood control and the journal."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from tests.standin import flood
from tests.standin.bodies import read_params
from tests.standin.current_world import CurrentWorld
from tests.standin.errors import ApiError, Json
from tests.standin.faults import Fault
from tests.standin.methods import METHODS
from tests.standin.params import Params
from tests.standin.world import TOKEN, World

Value = TypeVar("Value")
Named = tuple[str, Params]
"""A method and what it was called with."""
NEVER = 3600.0
DOWNLOAD = "download"
"""No method of the Bot API: files are fetched by their address."""


class BotApi:
    """Answers the bot; ``drop`` cuts the connection of a client's address."""

    def __init__(self, current: CurrentWorld, drop: Callable[[tuple[str, int]], None]) -> None:
        self._current = current
        self._drop = drop

    async def call(self, request: Request) -> Response:
        """One Bot API call, from the token to the journal."""
        if not hmac.compare_digest(request.path_params["token"], TOKEN):
            return _refusal(ApiError(401, "Unauthorized"))
        name: str = request.path_params["method"]
        if name.lower() not in METHODS:
            return _refusal(ApiError(404, "Not Found"))
        try:
            params = await read_params(request)
        except ApiError as error:
            return _refusal(error)
        world = self._current.world
        fault = world.faults.strike(name)
        if fault is not None:
            world.signal.notify()  # somebody may wait for it to strike
            return await self._fail(request, world, (name, params), fault)
        result = await while_connected(request, _carry_out(world, name, params))
        return _record(world, name, params, result) if result is not None else Response(status_code=499)

    async def download(self, request: Request) -> Response:
        """The bytes of a file that getFile told the path of; in the journal, and for faults, ``download``."""
        if not hmac.compare_digest(request.path_params["token"], TOKEN):
            return _refusal(ApiError(401, "Unauthorized"))
        world = self._current.world
        path: str = request.path_params["path"]
        call: Named = (DOWNLOAD, Params({"path": path}))
        fault = world.faults.strike(DOWNLOAD)
        if fault is not None:
            world.signal.notify()
            return await self._fail(request, world, call, fault)
        for stored in world.files.values():
            if stored.path == path:
                _write(world, call, 200, {"size": len(stored.content)}, None)
                return Response(stored.content, media_type=stored.mime_type)
        _write(world, call, 404, None, "Not Found")
        return _refusal(ApiError(404, "Not Found"))

    async def _fail(self, request: Request, world: World, call: Named, fault: Fault) -> Response:
        """Fail as ordered, after acting on the call if the fault says so."""
        name, params = call
        acted = fault.carried_out and name != DOWNLOAD
        outcome: object = await _carry_out(world, name, params) if acted else None
        result = None if isinstance(outcome, ApiError) else outcome
        if fault.kind == "hang":
            await while_connected(request, asyncio.sleep(fault.seconds or NEVER, True))
            _write(world, (name, params), 0, result, "hang")
            if not fault.carried_out:
                # The connection goes without an answer, as a call that never arrived must not look done.
                self._cut(request)
            return _success(result)
        if fault.kind == "drop":
            _write(world, (name, params), 0, result, "drop")
            self._cut(request)
            return Response(status_code=502)
        response = _failure(fault)
        _write(world, (name, params), response.status_code, result, f"fault {fault.kind}")
        return response

    def _cut(self, request: Request) -> None:
        if request.client is not None:
            self._drop((request.client.host, request.client.port))


async def while_connected(request: Request, work: Awaitable[Value]) -> Value | None:
    """The outcome of the work, or None if the client hangs up first: a bot that was killed polls no more."""
    working = asyncio.ensure_future(work)
    gone = asyncio.ensure_future(_hang_up(request))
    try:
        await asyncio.wait({working, gone}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        for task in (working, gone):
            task.cancel()
        await asyncio.gather(working, gone, return_exceptions=True)


async def _hang_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _carry_out(world: World, name: str, params: Params) -> object:
    """The method's result, or the ApiError it refused with."""
    try:
        if world.switches.flood and name.lower() in flood.SENDING:
            chat = world.chats.get(params.number("chat_id") or 0)
            if chat is not None:
                world.flood.check(chat.id, is_group=chat.is_group(), now=world.clock.now())
        return await METHODS[name.lower()](world, params)
    except ApiError as error:
        return error


def _record(world: World, name: str, params: Params, outcome: object) -> Response:
    if isinstance(outcome, ApiError):
        _write(world, (name, params), outcome.status, None, outcome.description)
        return _refusal(outcome)
    _write(world, (name, params), 200, outcome, None)
    return _success(outcome)


def _write(world: World, call: Named, status: int, result: object, error: str | None) -> None:
    name, params = call
    shown = params.shown()
    chat_id = shown.get("chat_id")
    world.journal.add(
        name,
        shown,
        chat_id=chat_id if isinstance(chat_id, int) else None,
        status=status,
        result=result,
        error=error,
        time=world.clock.now(),
    )
    world.signal.notify()


def _success(result: object) -> Response:
    return JSONResponse({"ok": True, "result": result})


def _refusal(error: ApiError) -> Response:
    headers = {}
    if error.parameters and "retry_after" in error.parameters:
        headers["Retry-After"] = str(error.parameters["retry_after"])
    return JSONResponse(error.wire(), status_code=error.status, headers=headers)


def _failure(fault: Fault) -> Response:
    """The answer of a server in trouble."""
    if fault.kind == "429":
        parameters: Json = {"retry_after": fault.retry_after}
        return _refusal(ApiError(429, f"Too Many Requests: retry after {fault.retry_after}", parameters))
    if fault.kind == "400":
        return _refusal(ApiError(400, "Bad Request: refused by order"))
    if fault.kind == "not_json":
        return PlainTextResponse("<html><body>nginx</body></html>", media_type="text/html")
    if fault.kind == "502":
        return PlainTextResponse("<h1>502 Bad Gateway</h1>", status_code=502, media_type="text/html")
    return _refusal(ApiError(500, "Internal Server Error"))
