"""Who the bot is and what it says about itself: getMe, its command menu, its descriptions."""

from __future__ import annotations

import json

from tests.standin import limits
from tests.standin.errors import Json, bad_request
from tests.standin.methods.registry import method
from tests.standin.methods.targets import find_chat
from tests.standin.params import Params
from tests.standin.world import World

SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


@method("getMe")
async def get_me(world: World, params: Params) -> Json:
    """The bot as a user, with what it may do."""
    return {
        **world.bot.wire(),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.switches.privacy,
        "supports_inline_queries": world.switches.inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@method("setMyCommands")
async def set_my_commands(world: World, params: Params) -> bool:
    """Replace the command menu of a scope and language."""
    commands = params.children("commands")
    if commands is None:
        raise bad_request("can't parse commands JSON object")
    if len(commands) > limits.COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    checked: list[Json] = []
    for entry in commands:
        name, description = entry.words("command").removeprefix("/"), entry.words("description").strip()
        if not limits.COMMAND_NAME.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        checked.append({"command": name, "description": description})
    scope = params.child("scope")
    if scope is not None and scope.has("chat_id"):
        find_chat(world, scope)
    world.settings.commands[menu_key(params)] = checked
    return True


@method("getMyCommands")
async def get_my_commands(world: World, params: Params) -> list[Json]:
    """The menu of exactly this scope and language; empty if it has none of its own."""
    return world.settings.commands.get(menu_key(params), [])


@method("deleteMyCommands")
async def delete_my_commands(world: World, params: Params) -> bool:
    """Take the menu of a scope and language away."""
    world.settings.commands.pop(menu_key(params), None)
    return True


@method("setMyDescription")
async def set_my_description(world: World, params: Params) -> bool:
    """The text of an empty private chat, at most 512 characters."""
    return _describe(world, params, "description", limits.DESCRIPTION_LENGTH)


@method("setMyShortDescription")
async def set_my_short_description(world: World, params: Params) -> bool:
    """The text of the bot's profile, at most 120 characters."""
    return _describe(world, params, "short_description", limits.SHORT_DESCRIPTION_LENGTH)


@method("setMyName")
async def set_my_name(world: World, params: Params) -> bool:
    """The bot's name, at most 64 characters."""
    return _describe(world, params, "name", 64)


@method("getMyDescription")
async def get_my_description(world: World, params: Params) -> Json:
    """The description in a language."""
    return _described(world, params, "description")


@method("getMyShortDescription")
async def get_my_short_description(world: World, params: Params) -> Json:
    """The short description in a language."""
    return _described(world, params, "short_description")


@method("getMyName")
async def get_my_name(world: World, params: Params) -> Json:
    """The name in a language."""
    return _described(world, params, "name")


def menu_key(params: Params) -> tuple[str, str]:
    """Scope and language of a menu, checked."""
    scope = params.child("scope") or Params({"type": "default"})
    kind = scope.words("type")
    if kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    if not all(scope.has(name) for name in SCOPES[kind]):
        raise bad_request("chat_id is empty")
    return json.dumps(scope.values, sort_keys=True), _language(params)


def _language(params: Params) -> str:
    code = params.words("language_code")
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise bad_request("LANG_CODE_INVALID")
    return code


def _describe(world: World, params: Params, name: str, longest: int) -> bool:
    text = params.words(name)
    if len(text) > longest:
        raise bad_request(f"bot {name.replace('_', ' ')} is too long")
    world.settings.descriptions[name, _language(params)] = text
    return True


def _described(world: World, params: Params, name: str) -> Json:
    known = world.settings.descriptions
    return {name: known.get((name, _language(params))) or known.get((name, ""), "")}
