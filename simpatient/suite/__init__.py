"""Scripted dialogues and learners that are not scripts."""
