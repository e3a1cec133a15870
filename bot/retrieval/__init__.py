"""From a question to a ``Verdict`` that explains itself; pure and synchronous.

``retriever``
    ``Retriever.ask(text, history)`` → ``Verdict``: all steps in order
``routing``
    the verdicts of several documents on one question → which of them it is about
``core_judge``
    a question's core and that of the one before it → ``Judgement``: by the points, else by the source; cached
``refusals``
    talk against a person, and questions about whom or what the document does not have
``verdict``
    ``Verdict``: answer, suggest, decline or small talk, with the matches and the reason
``embedding``
    the embedding model (multilingual-e5-small), with its vectors in a file cache
``clustering``
    many unanswered questions → groups of near-duplicates
``message/``
    what somebody wants with a message: small talk, a reaction, a follow-up, a question in a story
``normalize/``
    a question → its core: politeness, colloquial words, numerals, the document's name; answer types
``spelling/``
    typing errors corrected by the document's own words: homophones, look-alikes, pinyin
``people/``
    persons, offices and bodies in a question, and whether the document has them; insults and rumours
``premises/``
    what a question takes for granted: missing from the document, or put right by the passage
``index/``
    Knowledge → ``Index``: tokenizer, phrasings, postings with BM25, likelihood of a question
``ranking/``
    core → ``Query`` → ``SearchResult`` → ``Ranking`` → ``Judgement``, with the weights that were fitted
``source/``
    answers from the source alone, where nobody has phrased anything: sentences → answer, nearest passages, or neither
``calibration/``
    fits these weights, and estimates how often the answers will be right
"""
