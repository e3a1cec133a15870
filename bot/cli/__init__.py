"""The command line: ``python -m bot COMMAND``.

``main``
    every command
``ask``
    questions put one after another, for ``ask`` and ``eval``
``evaluation``, ``leave_one_out``, ``calibrate``
    the scores of ``eval``, of its ``--leave-one-out``, and fitting the judge to a folder
``bank``
    question banks: read, shown, saved, written
``draft``
    a knowledge folder from a document
``doctor``
    what keeps the bot from working well on this machine
"""
