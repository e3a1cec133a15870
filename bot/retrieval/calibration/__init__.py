"""Fits the judge's weights from a knowledge's own phrasings, and says how often it will be right and wrong.

``blocks``
    a knowledge without a part of its phrasings, and that part, to be asked
``asked``
    what becomes of the questions that are asked that way
``fit``
    asked questions → ``Weights``
``expected``
    asked questions → how many are answered rightly and falsely, each by weights that were fitted without it
``calibrate``
    all of that in its order

``python -m bot eval --calibrate`` does it for any folder. Needs scipy, the extra ``calibrate``.
"""
