"""From a question to a ``Verdict`` that explains itself; pure and synchronous. Files are named after the steps:

``question``
    what was typed → its core: cleaned, simplified, with the next two steps
``politeness``
    what stands around a question, taken off: greeting, apology, wish, thanks
``colloquial``
    asking words in one spelling
``numerals``
    numbers → one spelling of each: 三万六千, 3万6, 36000
``reactions``
    对, 真的吗, 为什么, 然后呢, 👍: reactions to the answer before
``smalltalk``
    greetings, thanks, who are you: answered in kind
``dictionary``, ``tokenize``
    text → terms: jieba's words beside single characters and pairs
``memory``
    what was judged lately
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
``office``, ``person``, ``entities``
    the offices, persons, bodies and places that the document has, and which one a question asks about that it lacks
``conduct``
    insults, accusations, rumours: nothing is shown under them
``gist``
    what a message asks once its story and its frame are taken off
``sound``, ``shape``, ``meant``
    what was typed → the characters that may be meant: homophones, look-alikes, pinyin
``pairs``, ``spelling``
    of all that may be meant, what the document would write
``phrasing``
    the texts of the knowledge that a question is compared with
``covered``
    which points are shown in the same sentences
``own_name``
    the document's own name, which carries nothing in a question to it
``index``
    Knowledge → ``Index``: every phrasing and passage of every point, ready to be compared
``query``, ``features``, ``search``
    core → ``Query`` → ``SearchResult``: candidate points, each with the features that speak for and against it
``likelihood``, ``stray``
    by all phrasings of a point together, is it asked for so? how far does the question stray to a gap?
``standing``, ``judge``
    candidates → their order → a ``Judgement``: answer, suggest, decline
``provisional``
    what may be said while meanings are on their way
``weights``, ``weights_file``
    what was fitted, and how it is written down
``structure``
    which sections a question asks for by their place, or the outline
``definition``
    is the meaning of a term asked, and does the passage say it?
``followup``
    does a question lean on the one before it?
``retriever``
    all steps in their order
``grouping``
    many questions that were not answered → groups of near-duplicates
"""
