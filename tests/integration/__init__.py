"""Tests of parts that talk to each other over real sockets, files or databases."""
