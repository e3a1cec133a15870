"""Benchmarks: ``make bench``. Each prints its figures beside a yardstick measured in the same run; none is a test."""
