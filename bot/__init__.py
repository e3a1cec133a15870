"""A study bot that knows one document by heart.

A question travels through the packages in this order::

    channels ── Incoming ──▶ chat ── text, history ──▶ retrieval ── Verdict ──▶ chat ── Reply ──▶ channels
                              │                          ▲
                              │                          └── Index, built from ── knowledge ◀── knowledge/*.yaml
                              ├── quiz (contests as a state machine)
                              └── storage (feedback, misses, contests, versions, audit)

``errors``, ``wording``, ``text``
    leaves that everybody may use: the error tree, every sentence a person sees, cleaning of text
``knowledge``
    a folder of files → an immutable ``Knowledge``, or all of its faults with file and line
``retrieval``
    a question → a ``Verdict`` that explains itself; pure and synchronous
``quiz``
    points and facts → a bank of questions, each bound to its passage; contests as a state machine; pure
``chat``
    the conversation, in no channel's terms: ``Incoming`` → ``Reply``
``storage``
    implements chat's ports on a database
``charts``
    what admins are shown of it all: laid out once, as a picture and on a page
``channels``
    Telegram, web page and terminal: they only translate
``config``, ``logs``, ``cache``, ``heap``, ``batch``, ``evaluation``
    settings read once, logging set up once, what is kept to start faster, what stays in memory to the end, questions
    asked in a row, their scores
``answering``, ``bank``, ``knowing``
    what answers questions, as the settings have it; what the quiz asks; what is known when the bot starts
``administration``, ``insights``, ``serving``, ``app``
    the places where parts are wired together: admins' work, what is counted and shown of it, the channels, all of it
``charts``
    figures → shapes, once for the picture in a chat and once for the page
``reaching``
    the addresses at which the page is reached, for the terminal, with a QR code
``watching``, ``worker``, ``exporting``
    a folder that changes and SIGHUP; slow work beside the event loop; a version given back as files
``__main__``, ``tables``
    the command line, and what it prints in rows
``doctor``
    what keeps the bot from working well on this machine, each with its mend
``calibration``, ``calibrating``, ``leaveout``
    the judge fitted to a knowledge, and told on the command line; what is found without itself
"""

__version__ = "0.1.0"
