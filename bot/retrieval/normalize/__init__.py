"""A message → what is asked: politeness, numerals, slang and follow-ups taken apart."""
