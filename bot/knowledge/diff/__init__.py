"""What changed between two versions of a knowledge.

``compare``
    two versions → ``Diff``: points, sections, quiz questions added, changed and removed
``diff``
    ``Diff``: plain data, its lines for a phone, its JSON
``text_diff``, ``align``
    two sets of files → a unified diff; which lines two texts share
"""
