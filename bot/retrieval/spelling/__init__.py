"""Slips of the keyboard, the pinyin and the ear."""
