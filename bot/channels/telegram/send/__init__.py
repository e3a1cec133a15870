"""``Reply`` → calls of the Bot API.

``delivery``
    a reply to the chat where it belongs
``sender``, ``api``
    calls that wait, retry and degrade instead of failing; the bare calls below them
``rate_limit``
    Telegram's limits of messages a chat and a second: contests first
``errors``
    what Telegram's refusals mean
``html``, ``keyboard``, ``inline``
    a reply → pages of HTML, rows of buttons, results of ``@bot words``; pure
``uploads``
    the files of a reply
"""
