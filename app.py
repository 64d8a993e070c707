"""Chainlit's entry point: `chainlit run app.py`."""

import simpatient.web  # noqa: F401
