"""What came in → who handles it → what goes out, in no channel's terms and knowing no feature.

``messages``
    ``Incoming``, ``Reply``, ``Choice``, ``Part``; what a button does; replies of one sentence or passage
``commands``
    what a member types, parsed
``answer_parser``
    ``B``, ``选B``, ``1 3``, ``最后一个``, an option's own words → the options that are meant
``wish_parser``
    不知道, 提示, 下一题, 看答案, 不玩了 → what is wanted instead of answering
``phrase_grammar``
    what these grammars and that of ``wants`` are put together from
``wants``
    a sentence that asks for a quiz, wrong answers, ranks → the command that does it
``router``
    the one entrance: finds the handler that a feature registered, checks channel, role, audit log and rate limit
``rate_limit``
    how much a member and a chat may ask; says so, once, if it is too much
``dialogue``
    what was asked and offered lately, by whom: follow-ups, numbered choices
``question_replies``
    a quiz question as several features show it
``capabilities``
    what a channel can do; help, menus and refusals are made from it
``shelf``
    the document that a message is about; buttons that name theirs
``channel``
    what features need of a channel, and which channel reaches a chat
``chat_permissions``
    who may change a chat's settings
``answer_guard``
    what a contest asks just now is not given away, nor is any of its options
"""
