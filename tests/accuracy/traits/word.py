"""Word files: runs that are hidden, struck out, deleted or raised, what else a cell holds, the forms of the file."""

from __future__ import annotations

import base64
import io
import itertools
import re
import zipfile
from collections.abc import Callable, Mapping

from tests.accuracy.formats.office import docx_file
from tests.accuracy.formats.page import html
from tests.accuracy.paper import Paper
from tests.accuracy.traits.pages import Written
from tests.accuracy.traits.tokens import destroy, filled, tokened

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_DOCUMENT = "word/document.xml"
_STYLES = (
    '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Under"><w:name w:val="Under"/><w:basedOn w:val="Cut"/></w:style>'
    '<w:style w:type="character" w:styleId="Cut"><w:name w:val="Cut"/><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Corrected"><w:name w:val="Corrected"/><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Note"><w:name w:val="Note"/>'
    '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)


_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_BLACK = f'<w14:textFill {_W14}><w14:solidFill><w14:srgbClr w14:val="000000"/></w14:solidFill></w14:textFill>'


def _run(properties: str, text: str = "91") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


_DELETED_END = '<w:pPr><w:rPr><w:del w:id="1" w:author="x"/></w:rPr></w:pPr>'
_KEPT = "<w:r><w:t>{}</w:t></w:r>"
_RUNS: Mapping[str, str] = {
    "struck": _run("<w:strike/>") + _KEPT,
    "struck twice": _run('<w:dstrike w:val="true"/>') + _KEPT,
    "not struck": _run('<w:strike w:val="0"/>', "{}"),
    "hidden": _run("<w:vanish/>") + _KEPT,
    "hidden by style": _run('<w:rStyle w:val="Gone"/>') + _KEPT,
    "struck by a style's style": _run('<w:rStyle w:val="Under"/>') + _KEPT,
    "shown against its style": _run('<w:rStyle w:val="Gone"/><w:vanish w:val="0"/>', "{}"),
    "raised": _KEPT + _run('<w:vertAlign w:val="superscript"/>', "1"),
    "raised by style": _KEPT + _run('<w:rStyle w:val="Note"/>', "[1]"),
    "circled": _KEPT + "<w:r><w:t>①</w:t></w:r>",
    "white": _run('<w:color w:val="FFFFFF"/>') + _KEPT,
    "nearly white": _run('<w:color w:val="FFFFFE"/>') + _KEPT,
    "tiny": _run('<w:sz w:val="2"/>') + _KEPT,
    "raised by points": _KEPT + _run('<w:position w:val="6"/><w:sz w:val="12"/>', "1"),
    "white in a shaded run": _run('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F4E79"/>', "{}"),
    "of the colour of its shading": _run('<w:color w:val="1F4E79"/><w:shd w:val="clear" w:fill="1F4E79"/>') + _KEPT,
    "white on white": _run('<w:color w:val="FFFFFF"/><w:highlight w:val="white"/>') + _KEPT,
    "of the colour of paper": _run('<w:color w:val="auto" w:themeColor="background1"/>') + _KEPT,
    "box of text in two manners": (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent>'
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    ),
    "deleted": '<w:del w:id="1" w:author="x"><w:r><w:delText>91</w:delText></w:r></w:del>' + _KEPT,
    "inserted": f'<w:ins w:id="1" w:author="x">{_KEPT}</w:ins>',
    "moved": '<w:moveFrom w:id="1" w:author="x"><w:r><w:t>91</w:t></w:r></w:moveFrom>' + _KEPT,
    "equation": f'<m:oMath xmlns:m="{_M}"><m:r><m:t>{{}}</m:t></m:r></m:oMath>',
    "equation in a paragraph": (
        f'<m:oMathPara xmlns:m="{_M}"><m:oMath><m:r><m:t>{{}}</m:t></m:r></m:oMath></m:oMathPara>'
    ),
    "field of a form": (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:textInput/></w:ffData></w:fldChar></w:r>'
        "<w:r><w:instrText> FORMTEXT 91 </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + _KEPT + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    "choice of a form": (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="91"/>'
        '<w:listEntry w:val="{}"/></w:ddList></w:ffData></w:fldChar></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    "content control": f"<w:sdt><w:sdtPr/><w:sdtContent>{_KEPT}</w:sdtContent></w:sdt>",
    "sum": f'<w:fldSimple w:instr="=SUM(LEFT)">{_KEPT}</w:fldSimple>',
    "black under a black marker": _run('<w:color w:val="000000"/><w:highlight w:val="black"/>') + _KEPT,
    "white, its edges raised": _run('<w:emboss/><w:color w:val="FFFFFF"/>', "{}"),
    "white, its edges drawn": _run('<w:outline/><w:color w:val="FFFFFF"/>', "{}"),
    "white on a pattern": _run(
        '<w:color w:val="FFFFFF"/><w:shd w:val="pct100" w:color="000000" w:fill="FFFFFF"/>', "{}"
    ),
    "comment": _KEPT + '<w:r><w:commentReference w:id="0"/></w:r>',
    "footnote": _KEPT + '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>',
    "hidden in the view of the web alone": _run("<w:webHidden/>", "{}"),
    "was struck before a change": _run(
        '<w:rPrChange w:id="1" w:author="x"><w:rPr><w:strike/></w:rPr></w:rPrChange>', "{}"
    ),
    "digits apart": "<w:proofErr w:type='spellStart'/>" + _KEPT + '<w:bookmarkStart w:id="0" w:name="b"/>',
    "field in a field": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>X</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>91</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:instrText> = 1</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + _KEPT + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    ),
    "struck by both styles": (
        '</w:p><w:p><w:pPr><w:pStyle w:val="Corrected"/></w:pPr>' + _run('<w:rStyle w:val="Cut"/>', "{}")
    ),
    "struck by its paragraph's style": (
        '</w:p><w:p><w:pPr><w:pStyle w:val="Corrected"/></w:pPr>' + _run("") + "</w:p><w:p>" + _KEPT
    ),
    "filled with nothing": _run(f"<w14:textFill {_W14}><w14:noFill/></w14:textFill>") + _KEPT,
    "white, filled black": _run(f'<w:color w:val="FFFFFF"/>{_BLACK}', "{}"),
    "a manner that no program knows": (
        f'<w:r><mc:AlternateContent {_MC}><mc:Choice Requires="w99"><w:t>91</w:t></mc:Choice>'
        "<mc:Fallback><w:t>{}</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    ),
    "ruby": "<w:r><w:ruby><w:rt><w:r><w:t>91</w:t></w:r></w:rt><w:rubyBase>" + _KEPT + "</w:rubyBase></w:ruby></w:r>",
}


def _decorated(pattern: str) -> Callable[[Paper], Written]:
    def write(paper: Paper) -> Written:
        made, boxes = tokened(paper)
        run = r'<w:r><w:t xml:space="preserve">(\ue100\d+\ue200)</w:t></w:r>'

        def change(xml: str) -> str:
            return filled(re.sub(run, r"\1", xml), boxes, lambda text: pattern.replace("{}", text))

        return made, _changed(docx_file(made), {_DOCUMENT: change}), ".docx"

    return write


def _untellable(pattern: str) -> Callable[[Paper], Written]:
    """Cells of which nobody can say what they hold."""

    def write(paper: Paper) -> Written:
        made, boxes = tokened(paper)
        destroy(made, boxes)
        change = {_DOCUMENT: lambda xml: filled(xml, boxes, pattern.format)}
        return made, _changed(docx_file(made), change), ".docx"

    return write


def _joined(paper: Paper) -> Written:
    """Numbers in two paragraphs, of which the first one's end is deleted with changes tracked."""
    made, boxes = tokened(paper)
    end = '</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">'
    change = {
        _DOCUMENT: lambda xml: filled(
            re.sub(r"<w:p>(?=<w:r><w:t [^>]*>\ue100)", f"<w:p>{_DELETED_END}", xml),
            boxes,
            lambda text: text[:1] + end + text[1:],
        )
    }
    return made, _changed(docx_file(made), change), ".docx"


def _changed(payload: bytes, changes: Mapping[str, Callable[[str], str]]) -> bytes:
    """A .docx whose parts are changed, with the styles above."""
    output = io.BytesIO()
    changes = {"word/styles.xml": lambda xml: xml.replace("</w:styles>", _STYLES + "</w:styles>"), **changes}
    with zipfile.ZipFile(io.BytesIO(payload)) as source, zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            part = source.read(name)
            made.writestr(name, changes[name](part.decode()) if name in changes else part)
    return output.getvalue()


def _rows(mark: str) -> Callable[[Paper], Written]:
    """Before each row with numbers the row of last year, marked as taken out."""

    def doubled(match: re.Match[str]) -> str:
        row = match[0]
        if "vMerge" in row or not re.search(r">\d+</w:t>", row):
            return row
        last_year = re.sub(r">\d+</w:t>", ">77</w:t>", row)
        return last_year.replace("<w:tr>", f"<w:tr><w:trPr>{mark}</w:trPr>", 1) + row

    def write(paper: Paper) -> Written:
        change = {_DOCUMENT: lambda xml: re.sub(r"<w:tr>.*?</w:tr>", doubled, xml, flags=re.DOTALL)}
        return paper, _changed(docx_file(paper), change), ".docx"

    return write


def _held(element: str) -> Callable[[Paper], Written]:
    """Every third cell, or row, inside a content control, which moves no other one."""

    def write(paper: Paper) -> Written:
        count = itertools.count(1)

        def wrapped(match: re.Match[str]) -> str:
            held = f"<w:sdt><w:sdtPr/><w:sdtContent>{match[0]}</w:sdtContent></w:sdt>"
            return match[0] if next(count) % 3 or "vMerge" in match[0] else held

        pattern = rf"<w:{element}>.*?</w:{element}>"
        change = {_DOCUMENT: lambda xml: re.sub(pattern, wrapped, xml, flags=re.DOTALL)}
        return paper, _changed(docx_file(paper), change), ".docx"

    return write


def _flat(paper: Paper) -> Written:
    """All parts in one XML text, as Word saves a “flat” document."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(docx_file(paper))) as source:
        for name in source.namelist():
            part = source.read(name)
            if name.endswith((".xml", ".rels")) and not name.startswith("["):
                xml = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", part).decode()
                parts.append(f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{xml}</pkg:xmlData></pkg:part>')
            elif not name.startswith("["):
                data = base64.b64encode(part).decode()
                parts.append(f'<pkg:part pkg:name="/{name}"><pkg:binaryData>{data}</pkg:binaryData></pkg:part>')
    package = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    head = '<?xml version="1.0" standalone="yes"?><?mso-application progid="Word.Document"?>'
    return paper, f"{head}<pkg:package {package}>{''.join(parts)}</pkg:package>".encode(), ".xml"


def _word_2003(paper: Paper) -> Written:
    with zipfile.ZipFile(io.BytesIO(docx_file(paper))) as source:
        body = re.search(r"<w:body>.*</w:body>", source.read(_DOCUMENT).decode(), re.DOTALL)
    assert body is not None
    xml = body[0].replace("w:vMerge", "w:vmerge").replace("w:hMerge", "w:hmerge")
    namespaces = 'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
    return paper, f'<?xml version="1.0"?>\n<w:wordDocument {namespaces}>{xml}</w:wordDocument>'.encode(), ".doc"


def _strict(paper: Paper) -> Written:
    change = {_DOCUMENT: lambda xml: xml.replace(_W, "http://purl.oclc.org/ooxml/wordprocessingml/main")}
    return paper, _changed(docx_file(paper), change), ".docx"


def _taken_in(paper: Paper) -> Written:
    """A document that takes the report in from a page inside it."""
    output = io.BytesIO()
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(output, "w") as made:
        made.writestr(
            _DOCUMENT,
            f'<w:document xmlns:w="{_W}" xmlns:r="{relation}"><w:body><w:altChunk r:id="a"/></w:body></w:document>',
        )
        made.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="a" Type="{relation}/aFChunk" Target="/word/part.htm"/></Relationships>',
        )
        made.writestr("word/part.htm", html(paper))
    return paper, output.getvalue(), ".docx"


def _leftward(paper: Paper) -> Written:
    """Tables from right to left, their last columns first in the file."""

    def turned(match: re.Match[str]) -> str:
        return f"<w:tr>{''.join(reversed(re.findall(r'<w:tc>.*?</w:tc>', match[0], re.DOTALL)))}</w:tr>"

    def change(xml: str) -> str:
        bare = re.sub(
            r"<w:tblPr>.*?</w:tblPr>|<w:tblPr/>", "", re.sub(r"<w:tr>.*?</w:tr>", turned, xml, flags=re.DOTALL)
        )
        return bare.replace("<w:tbl>", "<w:tbl><w:tblPr><w:bidiVisual/></w:tblPr>")

    return paper, _changed(docx_file(paper), {_DOCUMENT: change}), ".docx"


def _boxed(paper: Paper) -> Written:
    """Every heading in a box: a table of one cell."""

    def change(xml: str) -> str:
        heading = r"<w:p>(?:(?!</w:p>).)*?>[一二三四五六]、(?:(?!</w:p>).)*?</w:p>"
        inside = re.split(r"(<w:tbl>.*?</w:tbl>)", xml, flags=re.DOTALL)
        inside[::2] = [re.sub(heading, r"<w:tbl><w:tr><w:tc>\g<0></w:tc></w:tr></w:tbl>", text) for text in inside[::2]]
        return "".join(inside)

    return paper, _changed(docx_file(paper), {_DOCUMENT: change}), ".docx"


def _undeclared(paper: Paper) -> Written:
    """A prefix that some program forgot to declare."""
    change = {_DOCUMENT: lambda xml: xml.replace("<w:p>", '<w:p w99:id="1">')}
    return paper, _changed(docx_file(paper), change), ".docx"


TRAITS: Mapping[str, Callable[[Paper], Written]] = {
    **{f"word: {name}": _decorated(pattern) for name, pattern in _RUNS.items()},
    "word: two numbers": _untellable("{}</w:t><w:br/><w:t>31"),
    "word: picture of it": _untellable("</w:t><w:drawing/><w:t>"),
    "word: sum that is not calculated": _untellable(
        '</w:t><w:fldChar w:fldCharType="begin"/><w:instrText> =SUM(LEFT)</w:instrText>'
        '<w:fldChar w:fldCharType="end"/><w:t>'
    ),
    "word: rows of no height": _rows('<w:trHeight w:val="1" w:hRule="exact"/>'),
    "word: tables from right to left": _leftward,
    "word: headings in boxes": _boxed,
    "word: prefix not declared": _undeclared,
    "word: paragraphs joined with changes tracked": _joined,
    "word: hidden rows": _rows("<w:hidden/>"),
    "word: rows deleted with changes tracked": _rows('<w:del w:id="1" w:author="x"/>'),
    "word: cells in content controls": _held("tc"),
    "word: rows in content controls": _held("tr"),
    "word: flat XML": _flat,
    "word: Word 2003 XML": _word_2003,
    "word: strict namespaces": _strict,
    "word: taken in from a page": _taken_in,
}
