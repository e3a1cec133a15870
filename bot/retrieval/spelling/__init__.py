"""Corrects typing errors.

``corrector``
    ``SpellingCorrector``: the cheapest reading of what was typed (noisy channel, Viterbi)
``bigram_model``
    which characters stand together in the document and in common words
``correction_candidates``
    the characters that may be meant by a character or a syllable, each with its cost
``pinyin``, ``lookalikes``
    how characters sound; which ones look alike
"""
