"""Options that several commands have, and the kinds of value that options take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from ..problems import UnknownNameError, did_you_mean
from ..styles import ROOT, STYLES

HOME = ROOT if (ROOT / "content").is_dir() else Path()
"""Where an edition is looked for: in the checkout, or in the current folder without one."""


class Strict(click.Command):
    """A command that refuses what it would pass over: an option given twice, or left empty."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options."""
        for option in self.params:
            if isinstance(option, click.Option) and not option.is_flag:
                _judge(option, args, ctx)
        return super().parse_args(ctx, args)


class StrictGroup(click.Group):
    """Commands that are all strict."""

    command_class = Strict


def _judge(option: click.Option, args: Sequence[str], ctx: click.Context) -> None:
    found = [i for i, word in enumerate(args) if word.partition("=")[0] in option.opts]
    name = option.opts[0]
    if len(found) > 1 and not option.multiple:
        raise click.UsageError(f"{name} is given {len(found)} times; give it once", ctx)
    for i in found:
        _, sign, value = args[i].partition("=")
        if value == "" and (sign or args[i + 1 : i + 2] == [""]):
            raise click.UsageError(f"{name} is empty; write what it is after it", ctx)


class Existing(click.Path):
    """A file or folder that is there; a misspelt one is refused with the name that is near."""

    def __init__(self, *, folder: bool = False) -> None:
        super().__init__(path_type=Path)
        self.folder = folder

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """The path; a usage error when it does not exist."""
        path = Path(value)
        if not path.exists():
            beside = path.parent.iterdir() if path.parent.is_dir() else ()
            hint = did_you_mean(path.name, (item.name for item in beside))
            self.fail(f'there is no {"folder" if self.folder else "file"} "{path}"{hint}', param)
        if self.folder and not path.is_dir():
            self.fail(f'"{path}" is not a folder', param)
        return path


class Named(click.ParamType[str]):
    """One of the names that there are when the command runs."""

    name = "name"

    def __init__(self, what: str, known: Callable[[], Iterable[str]]) -> None:
        self.what = what
        self.known = known

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The names, as help shows them."""
        return f"[{'|'.join(self.known())}]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name; a usage error with the one that is near for another."""
        known = list(self.known())
        if value not in known:
            self.fail(str(UnknownNameError(self.what, value, known)), param, ctx)
        return str(value)


content_option = click.option(
    "--content",
    type=Existing(folder=True),
    default=HOME / "content",
    help="Folder of the edition.",
    show_default="content",
)
languages_option = click.option(
    "--lang",
    "languages",
    multiple=True,
    metavar="LANGUAGE",
    help="Language to take, by its folder; repeat for more. [default: all]",
)
styles_option = click.option(
    "--styles",
    type=Existing(folder=True),
    default=STYLES,
    help="Folder of colours, stylesheets, icons and printers' settings.",
    show_default="styles",
)


def known_languages(content: Path, languages: Sequence[str]) -> tuple[str, ...]:
    """``languages``. Raises UnknownNameError for one that has no folder in ``content``."""
    from ..edition.files import language_folders

    found, _ = language_folders(content)
    for tag in languages:
        if tag not in found:
            raise UnknownNameError("language folder", tag, found)
    return tuple(languages)
