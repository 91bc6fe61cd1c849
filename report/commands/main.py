"""The command line: reads options, calls what does the work, and prints what comes of it."""

from __future__ import annotations

import click

from .build import build
from .check import check
from .confirm import confirm
from .edition import edition
from .preflight import preflight
from .printing import Guarded

VERSION = "1.0.0"
"""Read by the packaging too."""

_OWN = ("-h", "--help", "--version")


class _BuildsByDefault(Guarded):
    """Commands, of which ``build`` may stay unnamed: what begins with an option is a build."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command and its options."""
        if not args or (args[0].startswith("-") and args[0] not in _OWN):
            args = ["build", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_BuildsByDefault, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, message="%(version)s", help="Show the version and stop.")
def main() -> None:
    """Make the report from its content, and judge both.

    Without a command everything is built: --draft is short for build --draft. Each command tells
    its options: build --help.
    """


for command in (build, check, confirm, edition, preflight):
    main.add_command(command)
