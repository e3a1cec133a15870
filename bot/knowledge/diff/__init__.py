"""What changed between two versions of a knowledge.

``diff``
    two versions → ``Diff``: points, sections, quiz questions added, changed and removed; its lines, its JSON
``passages``
    two editions of a document → which passages changed, came, went and moved; how much two documents share
``text_diff``, ``align``
    two sets of files → a unified diff; which lines two texts share
"""
