"""The subcommands of ``nianbao``, thin: each opens what it needs, calls one stage and says what came of it."""
