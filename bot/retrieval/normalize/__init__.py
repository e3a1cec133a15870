"""A message → what is asked.

``question``
    what was typed → ``NormalizedQuestion``: cleaned, simplified, and its core
``politeness``
    removes greetings, apologies and thanks around a question
``colloquial``, ``numerals``
    one spelling for question words (啥 → 什么) and for numbers (三万六千, 3万6, 36000)
``document_name``
    removes the document's own name, which carries nothing in a question to it
``smalltalk``, ``reactions``
    greetings, thanks, who are you; 对, 真的吗, 为什么, 然后呢, 👍
``followup``
    does a question refer to the one before it?
``gist``
    the question in a longer message
``section_lookup``, ``definition``
    questions for a section by its number or for the outline; questions for the meaning of a term
``answer_type``
    what is asked for: money, a count, a person, a place …
``premise``
    years, figures and places in a question that the document does not have
"""
