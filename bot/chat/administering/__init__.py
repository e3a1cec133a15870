"""What admins do in a chat: the knowledge and its versions, questions without an answer, roles, insight, notices.

``desk``
    the one entrance: who asks for what, whether that person may, and which feature does it
``rights``
    who may do what
``figures``
    what is counted: questions by day, points, quizzes; days by a time zone's clocks
``telling``, ``stats``
    figures → sentences; /stats
``tickets``, ``entrance``
    signed links and cookies; who may enter the page for admins
"""
