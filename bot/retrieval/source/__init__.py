"""Answers from the source alone, where nobody has phrased anything.

``lookup_request``
    a question → what it asks for by place, order or count: the next sentence, 第三条, 一共几条
``place_request``
    the place that a question names → the steps to it: 第三条第二款, 第四条的下一条
``occurrences``
    where a term stands in a source
``lookup``
    ``SourceLookup``: that looked up in the source, exactly
``units``
    the structure of a source → the sentences that are ranked, and the units that they form
``source_index``
    ``SourceIndex``: every sentence, with its features for a question
``source_judge``
    ranked sentences → an answer, the nearest passages, or neither
``layer``
    what the source says beside the judgement of the points
``weights``
    the weights that were fitted
"""
