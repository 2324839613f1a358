"""What extraction remarks about a whole report or a payload, in the language of the page.

Such remarks are kept as sentences, each in the language of the code that wrote it. A sentence of fixed wording is
known here by its pattern and said again through the catalogue; any other stays as it is.
"""

from __future__ import annotations

import re

from flask_babel import gettext

from webui.params import N_

_FIXED = (
    (
        re.compile(
            r"The title says (?P<title>\d{4}), the statistical period (?P<period>\d{4}); the title is followed\."
        ),
        N_("The title says %(title)s, the statistical period %(period)s; the title is followed."),
    ),
    (
        re.compile(r"压缩包内还有未采用的文件：(?P<files>.+)"),
        N_("The archive holds more files, which were not used: %(files)s"),
    ),
    (
        re.compile(r"表“(?P<table>\w+)”用的是 (?P<form>\d{4}) 年表样，与其余表格不同"),
        N_("The table “%(table)s” is in the form of %(form)s, unlike the others."),
    ),
    (
        re.compile(r"No line and no page title reads like the title of a yearly disclosure report\."),
        N_("No line and no page title reads like the title of a yearly disclosure report."),
    ),
    (
        re.compile(r"The title is that of something else than a report \((?P<what>.+?)\): (?P<title>.+)", re.DOTALL),
        N_("The title is that of something else than a report (%(what)s): %(title)s"),
    ),
    (
        re.compile(r"No year: neither the title, the statistical period, the address nor a date tells which it is\."),
        N_("No year: neither the title, the statistical period, the address nor a date tells which it is."),
    ),
    (
        re.compile(r"No place: neither title, text nor site names one; say where the site stands \(--region\)\."),
        N_("No place: neither title, text nor site names one."),
    ),
    (
        re.compile(r"The title names no body that reports: (?P<title>.+)\.", re.DOTALL),
        N_("The title names no body that reports: %(title)s."),
    ),
    (
        re.compile(r"The title names no place for (?P<body>.+): say where the site stands \(--region\)\.", re.DOTALL),
        N_("The title names no place for %(body)s."),
    ),
)


def remark(sentence: str) -> str:
    """The sentence in the language of the answer where its wording is fixed, else as it is kept."""
    for pattern, words in _FIXED:
        found = pattern.fullmatch(sentence)
        if found is not None:
            return str(gettext(words, **found.groupdict()))
    return sentence
