"""The page: the only room that imports Chainlit.

Importing it gives Chainlit a private app root, puts the guards and our own pages in
place and registers the handlers, however the server was started: by `simpatient chat`
(`simpatient.web.launch.serve`) or by `chainlit run app.py`.
"""

from simpatient.web.root import private_root

private_root()

from simpatient.web import guards, handlers, pages  # noqa: E402  (Chainlit reads its app root when it is imported)

guards.install()
pages.install()

__all__ = ["handlers"]
