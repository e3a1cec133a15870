"""The emoji Telegram takes as reactions."""

from __future__ import annotations

_LISTED = """
☃ ⚡ ✍ ❤ ❤‍🔥 🆒 🌚 🌭 🍌 🍓 🍾 🎃 🎄 🎅 🎉 🏆 🐳 👀 👌 👍 👎 👏 👨‍💻 👻
👾 💅 💊 💋 💔 💘 💩 💯 🔥 🕊 🖕 🗿 😁 😇 😈 😍 😎 😐 😘 😡 😢 😨 😭 😱
😴 🙈 🙉 🙊 🙏 🤓 🤔 🤗 🤝 🤡 🤣 🤨 🤩 🤪 🤬 🤮 🤯 🤷 🤷‍♀ 🤷‍♂ 🥰 🥱 🥴 🦄
🫡
"""
REACTIONS = frozenset(_LISTED.split())
