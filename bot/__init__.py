"""A study bot that knows one document by heart.

A question travels through the packages in this order::

    channels ── Incoming ──▶ conversation ──▶ features ── Reply ──▶ channels
                                                │
                         answers: question → retrieval → Verdict
                                                ▲
                                                └── Index, built from ── knowledge ◀── knowledge/*/points.yaml

``cli``
    the command line
``channels``
    Telegram, web page and terminal: they only translate
``conversation``
    messages, commands, buttons, dialogue state, and the router
``features``
    a folder for each thing that the bot can do
``contests``
    contests that run, and the rows they are kept in
``access``, ``chats``
    who may do what, and how much; what is known of a chat
``retrieval``
    a question → a ``Verdict`` that explains itself; pure and synchronous
``quiz``
    points and facts → questions; contests as a state machine; pure
``knowledge``
    a folder of files → an immutable ``Knowledge``, or all of its issues with file and line
``storage``, ``records``
    the database, and the rows that are saved in it
``wording``
    every sentence that people read

``app`` puts everything together. docs/ARCHITECTURE.md has a line for every module, and says who may import whom.
"""

__version__ = "0.1.0"
