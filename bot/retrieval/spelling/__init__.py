"""Corrects typing errors.

``corrector``
    ``SpellingCorrector``: the cheapest reading of what was typed (noisy channel, Viterbi), of the characters that may
    be meant and those that stand together in the document and in common words
``pinyin``, ``lookalikes``
    how characters sound; which ones look alike
"""
