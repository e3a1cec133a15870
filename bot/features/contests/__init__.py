"""Quizzes in a chat: contests that go on by themselves, the daily question, ranking, reports of bad questions."""
