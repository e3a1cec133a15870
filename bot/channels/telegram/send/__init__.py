"""``Reply`` → calls of the Bot API.

``sender``, ``api``
    a reply with its files to the chat where it belongs, by calls that wait, retry and degrade instead of failing; the
    bare calls below them
``rate_limit``
    Telegram's limits of messages a chat and a second: contests first
``errors``
    what Telegram's refusals mean
``formatting``, ``inline``
    a reply → pages of HTML with rows of buttons, results of ``@bot words``; pure
"""
