"""The server as an ASGI application: the bot's door, the users' door, and what runs in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.standin.bodies import read_params
from tests.standin.botapi import BotApi, while_connected
from tests.standin.clock import Clock
from tests.standin.control import ACTIONS
from tests.standin.current_world import CurrentWorld
from tests.standin.errors import ApiError, Refused
from tests.standin.webhooks import deliver

TICK_SECONDS = 0.05


def create_app(clock: Clock, drop: Callable[[tuple[str, int]], None]) -> Starlette:
    """An app with a world of its own; ``drop`` cuts the connection of a client's address."""
    current = CurrentWorld(clock)
    bot_api = BotApi(current, drop)

    async def control(request: Request) -> Response:
        """One control action; what a user cannot do is 409, what is badly asked is 400."""
        name = request.path_params["action"]
        if name == "reset":
            current.reset()
            return JSONResponse({"result": {}})
        if name not in ACTIONS:
            return JSONResponse({"error": f"no such action: {name}"}, status_code=404)
        try:
            params = await read_params(request)
            result = await while_connected(request, ACTIONS[name](current.world, params))
        except Refused as refused:
            return JSONResponse({"error": str(refused)}, status_code=409)
        except ApiError as error:
            return JSONResponse({"error": error.description}, status_code=400)
        return JSONResponse({"result": result})

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        tasks = [asyncio.create_task(_keep_time(current)), asyncio.create_task(deliver(lambda: current.world))]
        yield
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task

    return Starlette(
        lifespan=lifespan,
        routes=[
            Route("/file/bot{token}/{path:path}", bot_api.download),
            Route("/bot{token}/{method}", bot_api.call, methods=["GET", "POST"]),
            Route("/control/{action}", control, methods=["POST"]),
        ],
    )


async def _keep_time(current: CurrentWorld) -> None:
    """Close polls as their time runs out."""
    while True:
        current.world.close_due_polls()
        await asyncio.sleep(TICK_SECONDS)
