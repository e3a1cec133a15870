"""Updates from Telegram → ``Incoming`` → the conversation.

``polling``
    fetches updates; one is confirmed to Telegram only when it has been handled, and which were handled beyond what is
    confirmed, or confirmed before that, is remembered
``per_chat_queue``
    many chats at a time, one update at a time in each
``handler``
    one update, from first look to last call
``parse_update``
    raw JSON → ``Update`` → ``Incoming``, with what a message replies to; pure
``downloads``
    files that members send
"""
