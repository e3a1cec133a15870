"""A stand-in for an OpenAI-compatible endpoint: answers chat completions as a test says, over HTTP."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

Answerer = Callable[[str, int], str | Response]
"""From what the user's message says, and how many requests came before, to what the model writes, or a response."""


@dataclass(slots=True)
class StandinModel:
    """What was asked, and how it is answered."""

    answer: Answerer
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    async def complete(self, request: Request) -> Response:
        """``POST /v1/chat/completions``."""
        body = await request.json()
        self.asked.append(body)
        self.keys.append(request.headers.get("authorization", ""))
        answer = self.answer(body["messages"][-1]["content"], len(self.asked) - 1)
        if isinstance(answer, Response):
            return answer
        return JSONResponse(
            {
                "id": "c",
                "object": "chat.completion",
                "created": 0,
                "model": body["model"],
                "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": answer}}],
                "usage": {"prompt_tokens": 900, "completion_tokens": 100, "total_tokens": 1000},
            }
        )


def phrasings(*questions: str, gaps: tuple[str, ...] = ()) -> str:
    """An answer of the form that is asked for."""
    return json.dumps({"questions": questions, "gaps": gaps}, ensure_ascii=False)


@asynccontextmanager
async def standin_model(answer: Answerer) -> AsyncIterator[StandinModel]:
    """A running endpoint on this machine."""
    model = StandinModel(answer)
    app = Starlette(routes=[Route("/v1/chat/completions", model.complete, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    listening = socket.create_server(("127.0.0.1", 0))
    model.url = f"http://127.0.0.1:{listening.getsockname()[1]}/v1"
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield model
    finally:
        server.should_exit = True
        await serving
