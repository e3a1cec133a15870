"""Competitions that last for days: published by organisers, written as timed papers on every channel.

``competitions``
    what is held: checked, published, found; who takes part under which name
``paper_service``
    papers: begun, answered, given in, ranked
``commands``, ``writing``, ``presenter``
    papers in a chat: what is typed and pressed, question after question, and what is said
``organising``, ``plan_parser``
    competitions held from a chat: a plan in one line, shown, published with one tap
``roster``, ``report``
    a list of names out of a workbook; the results as one
``reminders``
    competitions told in groups that want it
"""
