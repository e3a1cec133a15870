"""From a question to a ``Verdict`` that explains itself; pure and synchronous. Files are named after the steps:

``question``
    what was typed → its core: cleaned, simplified, politeness taken off
``smalltalk``
    greetings, thanks, who are you: answered in kind
``dictionary``, ``tokenize``
    text → terms: jieba's words beside single characters and pairs
``answertype``
    what kind of thing a question asks for: money, a person, a place …
``ranker``, ``postings``
    BM25 over terms (weighed by bm25s), the first stage
``index``
    Knowledge → ``Index``: every phrasing and passage of every point, ready to be compared
``search``
    core → ``Candidate`` points, each with the features that speak for and against it
``judge``
    candidates → ``Verdict``: answer, suggest, decline
``retriever``
    all steps in their order, and the earlier questions of a follow-up
"""
