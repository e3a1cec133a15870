"""What came in → who handles it → what goes out, in no channel's terms and knowing no feature.

``messages``
    ``Incoming``, ``Reply``, ``Choice``, ``Part``: plain data
``commands``, ``buttons``
    what a member types or presses, parsed
``router``
    the one entrance: finds the handler that a feature registered, checks channel, role, audit log and rate limit
``rate_limiter``
    says so, once, if a member or a chat asks too much
``dialogue``
    what was asked and offered lately, by whom: follow-ups, numbered choices
``replies``, ``question_replies``
    replies that several features make: a sentence, a passage, a quiz question
``capabilities``
    what a channel can do; help, menus and refusals are made from it
``channel``
    what features need of a channel, and which channel reaches a chat
``chat_permissions``
    who may change a chat's settings
``answer_guard``, ``option_mentions``
    what a contest asks just now is not given away; whether a message names one of its options
"""
