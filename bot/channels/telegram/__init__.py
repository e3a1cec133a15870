"""The Telegram channel: updates in, ``Incoming`` to the conversation, its ``Reply`` out as HTML and buttons.

``channel``
    start to stop inside an existing event loop
``polling``
    fetches updates; one is confirmed to Telegram only when it has been dealt with
``ledger``
    which updates were dealt with beyond what is confirmed, and which were confirmed before that
``sequence``
    many chats at a time, one update at a time in each
``handler``
    one update, from first look to last call
``reading``, ``dispatch``, ``quoting``
    raw JSON → an update → ``Incoming``, and what it replies to; pure
``address``, ``render``, ``keyboard``
    where an answer goes; a reply → pages of HTML, rows of buttons; pure
``inline``
    ``@bot words`` typed in any chat → results; pure
``sender``, ``api``
    calls that wait, retry and degrade instead of failing; the bare calls below them
``pacing``
    Telegram's limit of messages a group: contests first
``delivery``
    a reply to the chat where it belongs
``uploads``, ``downloads``
    the files of a reply out; files that members send in
``quizzes``, ``ballots``
    quiz polls and boards out; votes in
``menu``, ``redact``, ``checkup``
    the command menu; the token kept out of the logs; what Telegram says of the bot, asked once
``announcing``
    what it means for a notice that Telegram did not take it
``groups``
    who wants to know which groups the bot is in
"""
