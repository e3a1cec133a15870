"""Updates from Telegram → ``Incoming`` → the conversation.

``polling``
    fetches updates; one is confirmed to Telegram only when it has been handled
``update_log``
    which updates were handled beyond what is confirmed, and which were confirmed before that
``per_chat_queue``
    many chats at a time, one update at a time in each
``handler``
    one update, from first look to last call
``parse_update``, ``reply_context``
    raw JSON → ``Update`` → ``Incoming``; what a message replies to; pure
``poll_votes``
    votes in quiz polls, read from the raw JSON
``downloads``
    files that members send
"""
