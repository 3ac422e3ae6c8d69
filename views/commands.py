"""How commands look and refuse: help pages, choices and usage faults in the reader's language."""

from __future__ import annotations

from typing import Any

import click

from ..games.errors import InputError
from ..games.message import Message, say
from .language import Reader


class OneOf(click.ParamType):
    """A choice whose refusal is one of our sentences."""

    name = "choice"

    def __init__(self, *options: str, shown: str = "") -> None:
        self.options, self.shown = options, shown

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """The options, as help shows them."""
        return self.shown or "|".join(self.options)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """``value`` if it is an option. Raises :class:`InputError`."""
        if value not in self.options:
            name = param.opts[-1] if param is not None else ""
            raise InputError("{name}={value!r} is not known; one of {known}", name=name, value=value, known=list(self.options))
        return value

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """The options that begin so."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(name) for name in self.options if name.startswith(incomplete)]


class Positive(click.ParamType):
    """A number above zero, ``whole`` or not, whose refusal is one of our sentences."""

    name = "number"

    def __init__(self, whole: bool = False) -> None:
        self.whole = whole

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """``value`` as a number. Raises :class:`InputError`."""
        try:
            found = int(value) if self.whole else float(value)
        except ValueError:
            found = 0
        if not 0 < found < float("inf"):
            name = param.opts[-1] if param is not None else ""
            what = say("a whole number above 0") if self.whole else say("a number above 0")
            raise InputError("{name}={value!r} must be {what}", name=name, value=value, what=what)
        return found


class Page(click.Command):
    """A command whose help is written in the reader's language."""

    def __init__(self, *args: Any, read: Reader, **options: Any) -> None:
        self.read = read
        super().__init__(*args, **options)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, in the reader's language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = self.read(say("show this help and exit"))
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The line of usage."""
        words = {"[OPTIONS]": self.read(say("[OPTIONS]")), "COMMAND": self.read(say("VERB")), "[ARGS]...": self.read(say("[ARGS]..."))}
        pieces = [words.get(piece, piece) for piece in " ".join(self.collect_usage_pieces(ctx)).split(" ")]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=self.read(say("Usage: ")))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options with their help."""
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for option in options if (record := option.get_help_record(ctx)) is not None]
        with formatter.section(self.read(say("Options"))):
            formatter.write_dl(records)


class Verbs(Page, click.Group):
    """The group of all verbs."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs, then the options."""
        with formatter.section(self.read(say("Verbs"))):
            formatter.write_dl([(name, command.get_short_help_str(limit=200)) for name, command in self.commands.items()])
        Page.format_options(self, ctx, formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in the order in which they are usually needed."""
        return list(self.commands)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb meant. Raises :class:`InputError` with the nearest for one that is not known."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            from ..cases.faults import nearest

            raise InputError("no verb {name!r}; {hint}", name=args[0], hint=nearest(args[0], self.commands))
        return super().resolve_command(ctx, args)


def usage_fault(error: click.UsageError) -> Message:
    """One of click's refusals as one of our sentences."""
    if isinstance(error, click.NoSuchOption):
        from ..cases.faults import nearest

        names = [name for param in error.ctx.command.params for name in param.opts if name.startswith("-")] if error.ctx else []
        return say("no option {name}; {hint}", name=error.option_name, hint=nearest(error.option_name, [*names, "--help"]))
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return say(
            "{name} is missing; see {command} --help",
            name=error.param.human_readable_name.upper(),
            command=error.ctx.command_path if error.ctx else "encompass",
        )
    if isinstance(error, click.BadOptionUsage):
        return say("option {name} needs a value, or takes none; see --help", name=error.option_name)
    extra = error.message.partition("(")[2].rstrip(")")
    return say("too many arguments: {names}", names=extra) if extra else say("{text}", text=error.message)
