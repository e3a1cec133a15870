"""What admins do in a chat: the knowledge and its versions, questions without an answer, roles, insight, notices.

``desk``
    the one entrance: who asks for what, whether that person may, and which feature does it
``rights``
    who may do what
``editing``
    how the knowledge is changed from a chat
``missed``
    what the miss loop reads of the store
``cases``, ``case_cards``, ``settling``, ``misses``
    groups of questions without an answer, how they are shown, what is done with them, and the feature: /misses
``drafts``, ``draft_cards``, ``new_point``
    a new point on its way, how it is shown, and the dialogue in which it is made
"""
