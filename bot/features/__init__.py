"""What admins do in a chat: the knowledge and its versions, questions without an answer, roles, insight, notices.

``desk``
    the one entrance: who asks for what, whether that person may, and which feature does it
``announcing``, ``notices``, ``outbox``, ``quieting``
    what is said to groups, and when nothing is
``attempts``
    what of all that anybody may try is written into the audit log
``reports``
    quiz questions that members find bad
``rights``
    who may do what
``roles``, ``granting``, ``auditing``
    editors and quiz hosts made and unmade by owners; who did what, to be read
``deeds``
    rows of the audit log → what they tell, in words
``role_ports``, ``members``
    what of that is read from the store; members as they are written, pressed and shown
``editing``
    how the knowledge is changed from a chat
``missed``
    what the miss loop reads of the store
``cases``, ``case_cards``, ``settling``, ``misses``
    groups of questions without an answer, how they are shown, what is done with them, and the feature: /misses
``forecast``
    what would be answered if a question belonged to a point, before it does
``previews``
    what was sent and waits for a yes, over restarts
``drafts``, ``draft_cards``, ``new_point``
    a new point on its way, how it is shown, and the dialogue in which it is made
``figures``
    what is counted: questions by day, points, quizzes; days by a time zone's clocks
``telling``, ``stats``
    figures → sentences; /stats
``tickets``, ``login``
    signed links and cookies; who may enter the page for admins
"""
