"""The command line: one file per command, each imported only when it is called."""

from __future__ import annotations

import importlib
import keyword
import sys

import click

from simpatient import __version__
from simpatient.errors import ConfigurationError, ContentError, SimpatientError, UnknownMeeting

COMMANDS = {
    "calibrate": "Hold an evaluator against human codes.",
    "chat": "Meet a patient, in the browser or in the terminal.",
    "check": "Read patients and rubrics as a colleague would.",
    "code": "Read behaviour codes from a file of learner messages.",
    "delete": "Delete kept meetings for good.",
    "doctor": "Try the chat models of your settings.",
    "export": "Write kept meetings to a file.",
    "explain": "Show the arithmetic of one exchange.",
    "import": "Take in meetings that were exported elsewhere.",
    "meetings": "List the meetings that are kept, or show one.",
    "new": "Begin a patient, an evaluator or a suite.",
    "personas": "List the patients one can meet.",
    "rehearse": "Let a learner that is no script talk to a patient.",
    "replay": "Hold a kept meeting again and compare every word and number.",
    "run": "Hold scripted dialogues and say what was met.",
    "transcript": "Hold a worked dialogue again and print it.",
    "rate": "Rate whole dialogues from a file, or a kept meeting anew.",
}
"""Commands with the line that help shows, so that help imports nothing."""


class _Lazy(click.Group):
    """A group that imports a command's file only when that command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        file = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        module = importlib.import_module(f"simpatient.cli.{file}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="simpatient", message="%(prog)s %(version)s")
def cli() -> None:
    """Practise hard conversations with simulated patients."""


def main() -> None:
    """Run the command line; errors are said in words, without a traceback.

    Exit codes: 0 done, 1 content with errors, 2 usage or configuration, 3 a service failed, 130 stopped. `run` has 1 for
    cases that are unmet, and 2 for content with errors.
    """
    try:
        cli(standalone_mode=False)
    except click.ClickException as exc:
        exc.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as exc:
        named = f" {exc.filename}" if exc.filename else ""
        click.echo(f"Cannot read or write{named}: {exc.strerror or 'it failed'}.", err=True)
        sys.exit(2)
    except ContentError as exc:
        click.echo(str(exc), err=True)
        sys.exit(1)
    except ConfigurationError as exc:
        click.echo(f"Configuration: {exc}", err=True)
        sys.exit(2)
    except UnknownMeeting as exc:
        click.echo(str(exc), err=True)
        sys.exit(2)
    except SimpatientError as exc:
        click.echo(str(exc), err=True)
        sys.exit(3)
