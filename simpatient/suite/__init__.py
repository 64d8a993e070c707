"""Scripted dialogues: what a learner types, what is expected, and whether it was so. And learners that are no scripts."""
