"""The Telegram channel: updates in, ``Incoming`` to the conversation, its ``Reply`` out as HTML and buttons.

``channel``
    start to stop inside an existing event loop
``receive``
    updates in: fetched, put in order, parsed, handled
``send``
    replies out: rendered, paced, sent, retried
``contest_channel``
    contests: quiz polls and boards out, votes in
``command_menu``, ``log_redaction``, ``diagnostics``
    the command menu; the token kept out of the logs; what Telegram says of the bot, for ``bot doctor``
"""
