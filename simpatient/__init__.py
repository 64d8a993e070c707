"""Simulated patients to practise hard conversations with."""

__version__ = "0.1.0"
