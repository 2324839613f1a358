"""One address of every kind of page, for the tests that walk over all of them."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.model import Agency
from tests.webui.shelf import PLACES, Shelf

COUNTY = "990101-d6fd728d"
GOVERNMENTS = tuple(Agency(f"{name}人民政府", code, level, "government").id for code, name, level, _ in PLACES)
KINDS: Mapping[str, str] = {
    "home": "/",
    "search": "/search?q=讨薪&region=990100&facet_metric=refusal_rate",
    "chosen": "/search?year=2021&year=2023&region=990100&kind=government&finding=I1&metric=refused:0..&sort=-refused",
    "like": "/search?like=围绕根治欠薪公布投诉电话",
    "nothing": "/search?q=没有这样的字句&kind=zone&whatever=1",
    "trend": "/trend?q=讨薪",
    "report": "/reports/{broken}",
    "cell": "/reports/{broken}/cells/applications.granted.total",
    "source": "/reports/{broken}/source?cell=applications.granted.total",
    "edited": "/reports/{changed}/versions/2",
    "beside": "/reports/{changed}/versions/2?view=beside",
    "marked": "/reports/{broken}?mark=overview:0-10",
    "statistics": "/reports/990101-2017-d6fd728d",
    "changed": "/reports/{changed}",
    "conflict": "/reports/{conflict}",
    "old": "/reports/{old}",
    "changes": "/reports/{changed}/changes",
    "region": "/regions/990100",
    "province": "/regions/990000?metric=refusal_rate",
    "agency": f"/agencies/{COUNTY}",
    "metrics": "/metrics",
    "metric": "/metrics/refusal_rate",
    "total": "/metrics/applications.granted.total?year=2021&level=county",
    "compare": f"/compare?agency={COUNTY}&agency=990122-788e6924&metric=otherwise_handled&metric=disclosure_rate",
    "multiples": f"/compare?{'&'.join(f'agency={each}' for each in GOVERNMENTS)}&metric=refusal_rate",
    "find": "/compare?find=鹿鸣县",
    "download": "/download?q=讨薪&year=2021",
    "coverage": "/coverage",
    "sources": "/coverage/sources",
    "conflicts": "/coverage/conflicts",
    "late": "/coverage/late?region=990000",
    "edits": "/coverage/changed?year=2022&region=990100",
    "withheld": "/withheld",
    "boilerplate": "/boilerplate?region=990100&by=own",
    "repeated": "/reports/{broken}/boilerplate",
    "calendar": "/calendar?year=2021&what=missing",
    "overdue": "/calendar?region=990000&what=silent",
    "revisions": "/revisions?region=990000&what=told",
    "contradictions": "/contradictions?region=990200",
    "lead": "/reports/{broken}/contradictions",
    "refusals": "/refusals?region=990100&level=county",
    "refused": "/reports/{changed}/refusals",
    "peers": f"/agencies/{GOVERNMENTS[1]}/peers?metric=not_held_rate&year=2019",
    "peers of counts": f"/agencies/{COUNTY}/peers?metric=refused&year=2021",
    "promises": "/promises?region=990100&what=silent",
    "promised": "/reports/{changed}/promises",
    "lives": "/lives",
    "methods": "/methods",
    "about": "/about",
}
"""A name → an address, with a field of Shelf in braces where a report is wanted."""


def address_of(kind: str, shelf: Shelf) -> str:
    """The address with the ids of the small store."""
    return KINDS[kind].format(broken=shelf.broken, old=shelf.old, changed=shelf.changed, conflict=shelf.conflict)
