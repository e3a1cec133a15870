"""What is built once of a knowledge, so that questions are answered quickly.

``index``
    ``Index``: everything a question is compared with
``tokenizer``
    text → terms; jieba's word frequencies, cached
``phrasing``
    the texts that a question is compared with: questions, titles, quotes, gaps
``postings``
    the inverted file; BM25
``likelihood``
    does a question sound like one that is answered? how likely is it for a point, by all of its phrasings?
``embedder``
    the protocol of an embedding model
"""
