"""Fits the judge's weights to the phrasings of one knowledge folder, and estimates how often it will be right.

``held_out``
    splits the phrasings into folds, and searches every held-out question in the knowledge that lacks it
``fit``
    held-out results → ``Weights`` (conditional logit and logistic regression)
``expected_rates``
    how many questions are answered rightly and wrongly, each judged by weights that were fitted without it
``calibrate``
    all of these in order; a calibration as lines of a table

``python -m bot eval --calibrate`` does it for any folder. Needs scipy, the extra ``calibrate``.
"""
