"""From a question to a ``Verdict`` that explains itself; pure and synchronous. Files are named after the steps:

``question``
    what was typed → its core: cleaned, simplified, with the next two steps
``politeness``
    what stands around a question, taken off: greeting, apology, wish, thanks
``numerals``
    numbers → one spelling of each: 三万六千, 3万6, 36000
``smalltalk``
    greetings, thanks, who are you: answered in kind
``dictionary``, ``tokenize``
    text → terms: jieba's words beside single characters and pairs
``meaning``
    text → vectors, by a model that is given from outside
``answertype``
    what kind of thing a question asks for: money, a person, a place …
``ranker``, ``postings``
    BM25 over terms (weighed by bm25s), the first stage
``answerable``
    how questions sound that are answered, and that are not
``premise``
    the years, figures and places that the document carries
``sound``, ``spelling``
    homophones, look-alikes and pinyin → what was meant
``phrasing``
    the texts of the knowledge that a question is compared with
``index``
    Knowledge → ``Index``: every phrasing and passage of every point, ready to be compared
``query``, ``features``, ``search``
    core → ``Query`` → ``Found``: candidate points, each with the features that speak for and against it
``judge``, ``weights``
    candidates → ``Verdict``: answer, suggest, decline
``structure``
    which section a question asks for by its place
``followup``
    does a question lean on the one before it?
``retriever``
    all steps in their order
"""
