"""What admins do in a chat: the knowledge and its versions, questions without an answer, roles, insight, notices.

``desk``
    the one entrance: who asks for what, whether that person may, and which feature does it
``announcing``, ``notices``, ``outbox``, ``quieting``
    what is said to groups, and when nothing is
``rights``
    who may do what
"""
