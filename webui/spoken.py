"""Templates, compiled once for each language: words that never change are text in the compiled template.

A page says a hundred translated phrases, and looks none of them up. What a template calls with constants alone, one of
``constant``'s functions, is called when the template is compiled; ``language`` is a constant like any other, so that a
branch for the other language is not even there. What does change is escaped in one step: a page has a thousand values.
"""

from __future__ import annotations

import operator
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, ClassVar

from babel.support import Translations
from flask import Flask
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]  # what escape itself calls

from corpus.doubts import Language
from webui.language import chosen_language

Constant = Mapping[str, Callable[..., str]]
"""Functions of one language, by the names by which templates call them, that give the same for the same."""


class _Compiler(CodeGenerator):
    """Jinja's, that has values escaped by ``Spoken.escaped``."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802 - named by Jinja
        """A call, looked at here instead of each time: only Jinja's own functions want the context, and are marked."""
        function = self.environment.globals.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        if forward_caller or hasattr(function, "jinja_pass_arg"):
            super().visit_Call(node, frame, forward_caller=forward_caller)
        else:
            self.write("environment.called(")
            self.visit(node.node, frame)
            self.signature(node, frame)
            self.write(")")


class Spoken(Environment):
    """Flask's environment, behind which stands one for each language; the request chooses."""

    code_generator_class = _Compiler
    called: ClassVar[Callable[..., Any]] = operator.call

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **options)
        self._constant: Constant = {}
        self.spoken: dict[str, Spoken] = {}

    def speak(self, catalogues: Mapping[Language, Translations], label: Callable[..., str]) -> None:
        """Compile every template anew for each language.

        ``label`` gives the words for a vocabulary, a value and a ``language``; a filter, too, for values in long lists.
        """
        for language, translations in catalogues.items():
            named = partial(label, language=language)
            speaking = self.overlay()
            # What is replaced among all filters is so here, too.
            speaking.filters = ChainMap({"label": partial(_labelled, named)}, self.filters)  # type: ignore[assignment]
            speaking._constant = {  # noqa: SLF001 - another of ours
                "_": partial(_words, translations),
                "label": named,
                "language": partial(str, language),
            }
            self.spoken[language] = speaking

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Template:  # noqa: A002
        """The template in the language of the request."""
        if self._constant or not self.spoken:
            return super().get_template(name, parent, globals)
        return self.spoken[chosen_language()].get_template(name, parent, globals)

    @staticmethod
    def escaped(value: object) -> str:
        """What ``markupsafe.escape`` gives, as a plain string where the value is one: output is only put together."""
        if type(value) is str:
            return _escape_inner(value)
        if type(value) is Markup:
            return value
        return str(value) if type(value) in (int, float) else escape(value)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _Folded(self._constant).visit(tree)
        return tree


class _Folded(NodeTransformer):
    """Puts in what constant calls give."""

    def __init__(self, constant: Constant) -> None:
        self._constant = constant

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:  # noqa: N802 - named after the node
        """The language."""
        known = self._constant.get(node.name) if node.name == "language" and node.ctx == "load" else None
        return nodes.Const(known(), lineno=node.lineno) if known else node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:  # noqa: N802 - named after the node
        """A call with nothing but constants."""
        self.generic_visit(node)
        function = self._constant.get(node.node.name) if isinstance(node.node, nodes.Name) else None
        if function is None or node.kwargs or node.dyn_args or node.dyn_kwargs or not _constants(node.args):
            return node
        return nodes.Const(function(*(each.as_const() for each in node.args)), lineno=node.lineno)


def _words(translations: Translations, said: str) -> Markup:
    """A translation as gettext gives it to templates: markup, its doubled per cent signs undone."""
    return Markup(translations.ugettext(said)) % {}  # noqa: S704 - the site's own words


def _labelled(label: Callable[..., str], value: str, vocabulary: str) -> str:
    return label(vocabulary, value)


def _constants(given: Iterable[nodes.Expr]) -> bool:
    return all(isinstance(each, nodes.Const) for each in given)
