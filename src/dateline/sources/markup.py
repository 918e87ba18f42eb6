"""XML and HTML from strangers: parsed without entities, without files, without network, within limits."""

from __future__ import annotations

import html
import re
from datetime import date, datetime
from typing import Any

import lxml.html
from lxml import etree

from dateline.errors import BadMarkup, HostileSource
from dateline.sources.limits import DEEPEST, LONGEST_TAG, MOST_ATTRIBUTES, MOST_ELEMENTS, check_size
from dateline.sources.plain import decode

_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")
# HTML's names for characters, which XML does not know.
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]{2,31};")
_PARAGRAPHS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "section",
        "article",
        "table",
        "tr",
        "hl1",
        "hl2",
        "block",
        "note",
        "pre",
        "body",
    ]
)
_SILENT = frozenset(("script", "style", "template", "noscript", "head", "iframe", "object", "svg"))


def xml_text(body: bytes, where: str) -> str:
    """The characters of an XML file, by its byte-order mark or its own declaration, without the declaration.

    Raises `HostileSource` for one that declares entities: no news format needs them, attacks do.
    """
    check_size(len(body), where)
    declared = _DECLARED.match(body)
    text = None
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        try:
            text = body.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError, ValueError):
            text = None
    if text is None:
        text = decode(body, where)
    if re.search(r"<!ENTITY|<!ELEMENT|<!ATTLIST", text, re.IGNORECASE):
        raise HostileSource(f"{where} declares entities of its own; Dateline does not read such XML")
    return _NAMED.sub(lambda m: html.escape(html.unescape(m[0])), _XML_HEAD.sub("", text, count=1))


def parse_xml(text: str, where: str, *, mend: bool = False) -> etree._Element:
    """The root element; with `mend`, of what can be made of a file that is not well formed.

    Raises `BadMarkup`, `HostileSource`.
    """
    _check_nesting(text, where)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, recover=mend,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode("utf-8", "surrogatepass"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadMarkup(f"{where} is not well-formed XML ({str(error).strip()[:200]})") from None
    if root is None:
        raise BadMarkup(f"{where} is not well-formed XML")
    if any(len(element.attrib) > MOST_ATTRIBUTES for element in root.iter(etree.Element)):
        raise HostileSource(f"{where} has an element with more than {MOST_ATTRIBUTES} attributes")
    return root


def _check_nesting(text: str, where: str) -> None:
    """Raise `HostileSource` for markup so deep or so many-tagged that only an attack is."""
    check_tags(text, where)
    depth = 0
    for count, found in enumerate(re.finditer(r"<(/?)[A-Za-z][^<>]{0,10000}?(/?)>", text)):
        depth += -1 if found[1] else 0 if found[2] else 1
        if depth > DEEPEST or count > MOST_ELEMENTS:
            raise HostileSource(f"{where} nests its elements too deep, or has too many")


def check_tags(markup: str, where: str) -> None:
    """Raise `HostileSource` for a tag that is longer than any, or never ends."""
    if re.search(rf"<[A-Za-z/][^<>]{{{LONGEST_TAG}}}", markup):
        raise HostileSource(f"{where} has a tag of more than {LONGEST_TAG // 1024} KiB")


def check_html(markup: str, where: str) -> None:
    """Raise `HostileSource` for a page that only an attack writes. Counts what stays open: `<p>` and `<br>` may."""
    check_tags(markup, where)
    count = markup.count("<")
    if count > MOST_ELEMENTS:
        raise HostileSource(f"{where} has {count:,} tags; no page has so many")
    depth = 0
    for found in re.finditer(
        r"<(/?)(div|span|b|i|em|font|table|ul|ol|section|article|blockquote|a|svg|g)\b", markup, re.IGNORECASE
    ):
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > 4 * DEEPEST:
            raise HostileSource(f"{where} nests its elements too deep")


def find(root: etree._Element, path: str) -> etree._Element | None:
    """The first element at a path of local names (`head/docdata`), whatever the namespaces; `//x` at any depth."""
    found = find_all(root, path)
    return found[0] if found else None


def find_all(root: etree._Element, path: str) -> list[Any]:
    """Every element at a path of local names; `//x` at any depth."""
    deep = path.startswith("//")
    steps = "/".join(f"*[local-name()='{s}']" for s in path.removeprefix("//").split("/"))
    return list(root.xpath(("descendant::" if deep else "") + steps))


def said(element: etree._Element | None) -> str | None:
    """The words in an element on one line, or None."""
    if element is None:
        return None
    return " ".join(text_of(element).split()) or None


def text_of(element: Any) -> str:
    """The text of an element, its paragraphs apart by an empty line."""
    parts: list[str] = []
    # What is still to write, last first: an element, or words that stand after one.
    waiting: list[Any] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            parts.append(node)
            continue
        edge = _edge(node)
        if edge is None:
            continue
        parts += [edge, _line(node.text)]
        waiting.append(edge)
        for child in reversed(node):
            waiting += [_line(child.tail), child]
    lines = (" ".join(p.split()) for p in re.split(r"\n\n+", "".join(parts)))
    return "\n\n".join(line for line in lines if line)


def _edge(node: Any) -> str | None:
    """What stands around an element's text; None when its text is not to be read."""
    if not isinstance(node.tag, str):
        return None
    name = etree.QName(node).localname.lower()
    if name in _SILENT:
        return None
    return "\n\n" if name in _PARAGRAPHS else ""


def _line(text: str | None) -> str:
    return re.sub(r"\s+", " ", text) if text else ""


def html_text(fragment: str, where: str) -> str:
    """The text of a piece of HTML, such as the content of a feed's item. Raises `HostileSource`."""
    if "<" not in fragment:
        return "\n\n".join(" ".join(html.unescape(p).split()) for p in re.split(r"\n\s*\n", fragment)).strip()
    check_html(fragment, where)
    try:
        root = lxml.html.fragment_fromstring(fragment, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise BadMarkup(f"{where}: no HTML ({str(error)[:100]})") from None
    return text_of(root)


def day(text: str | None) -> date | None:
    """The day of an ISO 8601 or basic (20160220T120000Z) date and time, or None."""
    moment = when(text)
    return moment.date() if moment else None


def when(text: str | None) -> datetime | None:
    """An ISO 8601 or basic (20160220T120000Z) date and time, or None."""
    if not text:
        return None
    text = text.strip()
    basic = re.match(r"^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(.*))?$", text)
    if basic:
        time = f"T{basic[4]}:{basic[5]}:{basic[6] or '00'}{basic[7] or ''}" if basic[4] else ""
        text = f"{basic[1]}-{basic[2]}-{basic[3]}{time}"
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def with_title(title: str | None, body: str) -> str:
    """A report's text: its headline, then its body, unless that repeats the headline."""
    return body if not title or body.lstrip().startswith(title) else f"{title}\n\n{body}"
