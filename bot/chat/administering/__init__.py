"""What admins do in a chat: the knowledge and its versions, questions without an answer, roles, insight, notices.

``desk``
    the one entrance: who asks for what, whether that person may, and which feature does it
``rights``
    who may do what
``roles``, ``granting``, ``auditing``
    editors and quiz hosts made and unmade by owners; who did what, to be read
``role_ports``, ``members``
    what of that is read from the store; members as they are written, pressed and shown
"""
