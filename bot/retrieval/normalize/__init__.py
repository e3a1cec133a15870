"""A question in one spelling, and what stands in it.

``question``
    what was typed → ``NormalizedQuestion``: cleaned, simplified, and its core
``colloquial``, ``numerals``
    one spelling for question words (啥 → 什么) and for numbers (三万六千, 3万6, 36000)
``tokens``
    dates, times, telephone numbers, codes and units: one token, one spelling
``document_name``
    removes the document's own name, which carries nothing in a question to it
``definition``
    questions for the meaning of a term
``answer_type``
    what is asked for: money, a count, a person, a place …
"""
