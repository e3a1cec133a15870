"""What is built once of a knowledge, so that questions are answered quickly.

``index``
    ``Index``: everything a question is compared with
``tokenizer``, ``dictionary``
    text → terms; jieba's word frequencies, cached
``phrasing``
    the texts that a question is compared with: questions, titles, quotes, gaps
``postings``
    the inverted file; BM25
``query_likelihood``
    how likely a question is for a point, by all of its phrasings
``answerability``
    does a question sound like one that is answered?
``coverage``
    which points are shown in the same sentences
``embedder``
    the protocol of an embedding model
"""
