"""A knowledge folder from any document: what a curator begins with.

- ``passages``: the document cut into passages as long as an answer
- ``patterns``: phrasings, terms and facts that are read off a passage's own words
- ``draft``: all of that as a ``Draft``, and a draft as the text of points.yaml
- ``merge``: a new draft and a curator's work on the one before it
- ``questions``: the golden questions and the quiz that a draft brings
- ``prompts``: what a language model is told
- ``language_model``: an OpenAI-compatible endpoint, asked passage by passage; answers are kept by their content
- ``phrasings``: which of a model's phrasings and gaps are of use, tried by the retriever

Nothing that a model wrote is ever shown to a member: phrasings and gaps only match.
"""
