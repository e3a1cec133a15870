"""A question in one spelling, and what stands in it.

``question``
    what was typed → ``NormalizedQuestion``: cleaned, simplified, without politeness, and its core; the kinds of thing
    that it asks for: money, a count, a person, a place …; the document's own name, which carries nothing in it
``numerals``
    one spelling for numbers (三万六千, 3万6, 36000), dates, times, telephone numbers, codes and units
``official_words``
    everyday words → those that laws, rules and reports have in their place: 工钱 → 工资, 劳动报酬
"""
