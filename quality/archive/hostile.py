"""Does hostile input crash anything, reach out, or eat memory? 200 inputs: XML, HTML, WARC, JSON, text and addresses.

usage: python -m quality.archive.hostile [--every N]

Each input lies beside a good report, and all are taken in by one `add`. Counts crashes (an
error without a code, or the good report lost), connections that are not to the servers of the
measurement, requests that its canary server got, files that were opened outside the folder of
the inputs, the canary file's words in the archive, and memory above that of taking in the good
reports alone, in MB.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.sources.warcs import STORY, http, packed, page, record, sha1, story
from tests.sources.web import Site, served

CANARY = "palimpsest-quokka-7193"
GOOD = {"id": "good", "text": STORY.format("Azaz")}
# An input: the name of its file, and its bytes; or an address.
Input = tuple[str, bytes]


def inputs(canary_file: str, canary_url: str) -> list[Input]:
    """All of them, the same each time."""
    found = [
        *_xml(canary_file, canary_url),
        *_html(canary_file, canary_url),
        *_warc(),
        *_json(),
        *_text(),
        *_addresses(canary_url),
    ]
    return [(f"{n:03}-{name}", body) for n, (name, body) in enumerate(found)]


def _bodies(inside: str) -> Iterator[tuple[str, str]]:
    """The same words in each format of XML."""
    yield (
        "nitf",
        f"<nitf><head/><body><body.content><p>The army took the town {inside} on Saturday.</p></body.content></body></nitf>",
    )
    yield (
        "rss",
        f"<rss version='2.0'><channel><title>t</title><item><guid>urn:h</guid><title>The army took the town {inside}</title></item></channel></rss>",
    )
    yield (
        "newsml",
        f"<newsItem guid='g'><itemMeta/><contentMeta><headline>{inside}</headline></contentMeta><contentSet><inlineData>{inside}</inlineData></contentSet></newsItem>",
    )


def _xml(file: str, url: str) -> Iterator[Input]:
    laughs = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + n)} "' + f"&{chr(97 + n)};" * 10 + '">' for n in range(12)
    )
    quadratic = f'<!ENTITY a "{"x" * 100_000}">'
    tables = {
        "laughs": (laughs, "&m;"), "quadratic": (quadratic, "&a;" * 5000), "file": (f'<!ENTITY x SYSTEM "file://{file}">', "&x;"),
        "url": (f'<!ENTITY x SYSTEM "{url}/entity">', "&x;"), "parameter": (f'<!ENTITY % p SYSTEM "{url}/p.dtd">%p;', "&x;"),
        "public": (f'<!ENTITY x PUBLIC "-//X" "{url}/public">', "&x;"), "attlist": ('<!ATTLIST p a CDATA "x">', "x"),
        "element": ("<!ELEMENT p ANY>", "x"), "recursive": ('<!ENTITY a "&b;"><!ENTITY b "&a;">', "&a;"), "unparsed": (f'<!NOTATION n SYSTEM "{url}/n">', "x"),
    }  # fmt: skip
    for name, (subset, inside) in tables.items():
        for kind, body in _bodies(inside):
            root = body[1:].split(">")[0].split()[0]
            yield f"{name}.{kind}", f'<?xml version="1.0"?><!DOCTYPE {root} [{subset}]>{body}'.encode()
    for kind, body in _bodies("x"):
        root = body[1:].split(">")[0].split()[0]
        yield f"external.{kind}", f'<!DOCTYPE {root} SYSTEM "{url}/external.dtd">{body}'.encode()
        yield f"file-dtd.{kind}", f'<!DOCTYPE {root} SYSTEM "file://{file}">{body}'.encode()
        yield (
            f"utf16.{kind}",
            f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE {root} [<!ENTITY x SYSTEM "file://{file}">]>{body}'.encode(
                "utf-16"
            ),
        )
        yield f"utf7.{kind}", f'<?xml version="1.0" encoding="utf-7"?>{body}'.encode()
        yield f"wrong-encoding.{kind}", f'<?xml version="1.0" encoding="shift_jis"?>{body}'.encode() + b"\x80\xff\xfe"
        yield f"style.{kind}", f'<?xml-stylesheet type="text/xsl" href="{url}/style.xsl"?>{body}'.encode()
        yield f"cut.{kind}", body[: len(body) // 2].encode()
        yield f"nul.{kind}", body.replace("x", "\x00").encode()
    for kind, body in _bodies(
        f'<x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file://{file}" parse="text"/></x>'
    ):
        yield f"xinclude.{kind}", body.encode()
    for kind, body in _bodies("<a>" * 100_000):
        yield f"deep.{kind}", body.encode()
    for kind, body in _bodies("<a/>" * 400_000):
        yield f"many.{kind}", body.encode()
    for kind, body in _bodies("x" * 15_000_000):
        yield f"long.{kind}", body.encode()
    attributes = " ".join(f"a{n}='x'" for n in range(100_000))
    for kind, body in _bodies(f"<a {attributes}/>"):
        yield f"attributes.{kind}", body.encode()
    yield "one-tag.rss", b"<rss " + b"a" * 8_000_000
    yield "half-open.rss", b"<rss version='2.0'><channel><item>" + b"<![CDATA[" * 200_000
    yield "items.rss", b"<rss version='2.0'><channel>" + b"<item><title>t</title></item>" * 20_000 + b"</channel></rss>"
    yield "comments.nitf", b"<nitf>" + b"<!-- x -->" * 300_000 + b"</nitf>"
    yield (
        "link.rss",
        f"<rss version='2.0'><channel><item><link>file://{file}</link><title>The army took the town on Saturday</title></item></channel></rss>".encode(),
    )


def _html(file: str, url: str) -> Iterator[Input]:
    words = f"<p>{STORY.format('Azaz')}</p>"
    parts = {
        "deep-div": "<div>" * 200_000, "deep-b": "<b>" * 100_000, "deep-mixed": "<table><tr><td><font>" * 50_000, "open": "<p><" * 500_000,
        "attributes": "<p " + 'a="b" ' * 500_000 + ">", "entities": "&#x41;" * 1_000_000, "bad-entities": "&#xD800;&#x110000;&#0;&bogus;" * 50_000,
        "script": "<script>" + "x" * 5_000_000, "comment": "<!--" * 500_000, "cdata": "<![CDATA[" * 300_000, "title": "<title>" + "x" * 5_000_000 + "</title>",
        "frames": f'<iframe src="{url}/f"></iframe><img src="{url}/i"><link rel="stylesheet" href="{url}/c"><script src="{url}/s"></script>' * 100,
        "base": f'<base href="file://{file}"><a href="x">x</a>', "refresh": f'<meta http-equiv="refresh" content="0; url={url}/r">',
        "charset": '<meta charset="utf-7">+ADw-script+AD4-', "charset-name": f'<meta charset="{"x" * 5000}">', "long-word": "x" * 6_000_000,
        "nested-lists": "<ul><li>" * 60_000, "svg": "<svg><foreignObject>" * 50_000, "links": "<a href='#'>a</a> " * 300_000, "spaces": " \n" * 4_000_000,
        "links-regex": "<a href='" + "/" * 3_000_000, "dates": '<meta name="date" content="' + "9" * 100_000 + '">', "brs": "<br>" * 300_000,
    }  # fmt: skip
    for name, part in parts.items():
        yield (
            f"{name}.html",
            f"<!doctype html><html><body><article>{words}{part}{words}</article></body></html>".encode(),
        )
    yield "nul.html", b"<html><body>\x00\x00\x00<p>x</p>"
    yield "unicode.html", ("<html><body><p>" + "\u202e\u200b\ufeff" * 200_000).encode()
    yield "combining.html", ("<html><body><p>a" + "\u0301" * 2_000_000).encode()


def _warc() -> Iterator[Input]:
    whole = story("Azaz")
    yield "bomb.warc.gz", gzip.compress(record("https://x.example/", http(b"\0" * 60_000_000)), 1, mtime=0)
    yield (
        "bomb-inside.warc",
        record(
            "https://x.example/",
            http(gzip.compress(b" " * 60_000_000, 1, mtime=0), headers={"Content-Encoding": "gzip"}),
        ),
    )
    yield (
        "bomb-twice.warc",
        record(
            "https://x.example/",
            http(
                gzip.compress(gzip.compress(b" " * 60_000_000, 1, mtime=0), mtime=0),
                headers={"Content-Encoding": "gzip"},
            ),
        ),
    )
    yield (
        "deflate.warc",
        record(
            "https://x.example/", http(zlib.compress(b" " * 60_000_000, 1), headers={"Content-Encoding": "deflate"})
        ),
    )
    for part in (0.01, 0.2, 0.5, 0.8, 0.99):
        for name, body in (("warc", whole + whole), ("warc.gz", packed(whole, whole))):
            yield f"cut-{part}.{name}", body[: int(len(body) * part)]
    yield "altered.warc", whole.replace(b"siege", b"surge")
    for length in (b"-1", b"99999999999999", b"1e9", b"0x10", b"", b"9" * 5000, b"10", b"\xb2"):
        yield (
            f"length-{length[:6].hex()}.warc",
            b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: " + length + b"\r\n\r\n" + b"x" * 100,
        )
    yield "headers.warc", b"WARC/1.1\r\n" + b"A: b\r\n" * 1_000_000
    yield "header.warc", b"WARC/1.1\r\nA: " + b"b" * 10_000_000
    yield "no-end.warc", b"WARC/1.1\r\n" * 100_000
    yield "chunks.warc", record("https://x.example/", http(b"ffffffff\r\nxx", headers={"Transfer-Encoding": "chunked"}))
    yield (
        "chunks-many.warc",
        record(
            "https://x.example/", http(b"1\r\nx\r\n" * 500_000 + b"0\r\n\r\n", headers={"Transfer-Encoding": "chunked"})
        ),
    )
    yield "uri.warc", record("file:///etc/passwd", http(page("Azaz")))
    yield "uri-long.warc", record("https://x.example/" + "x" * 50_000, http(page("Azaz")))
    yield "digest.warc", record("https://x.example/", http(page("Azaz")), WARC_Block_Digest="sha1:AAAA")
    yield "digest-kind.warc", record("https://x.example/", http(page("Azaz")), WARC_Block_Digest="x" * 10_000)
    yield "payload-digest.warc", record("https://x.example/", http(page("Azaz")), WARC_Payload_Digest=sha1(b"x"))
    yield (
        "xml-inside.warc",
        record(
            "https://x.example/", http(b'<!DOCTYPE x [<!ENTITY a "b">]><rss version="2.0"/>', "application/rss+xml")
        ),
    )
    yield "warc-inside.warc", record("https://x.example/", whole, "resource", Content_Type="application/warc")
    yield "no-gzip.warc.gz", b"\x1f\x8b" + b"\xff" * 10_000
    yield "http-headers.warc", record("https://x.example/", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200_000 + b"\r\nx")
    yield "charset.warc", record("https://x.example/", http(page("Azaz"), "text/html; charset=" + "x" * 1000))


def _json() -> Iterator[Input]:
    base = {"uri": "urn:h", "headline": "The army took the town"}
    known = {
        "schema": "dateline/1",
        "reader": {"version": "0", "model": "m", "knowledge": "k"},
        "report": {"id": "h", "text": "x"},
    }
    values: dict[str, Any] = {
        "deep": "[" * 200_000, "deep-object": '{"a":' * 200_000, "number": '{"id": ' + "9" * 100_000 + ', "text": "x"}', "nan": '{"id": NaN, "text": NaN}',
        "surrogate": '{"id": "h", "text": "\\ud800"}', "nul": '{"id": "h\\u0000", "text": "The army took the town"}', "nul-text": '{"id": "h", "text": "The army\\u0000 took the town of Azaz"}',
        "keys": json.dumps({"text": "The army took the town", "id": "h", **{f"k{n}": n for n in range(200_000)}}), "same-key": '{"text": "a", ' * 1 + '"text": 5}',
        "long-id": json.dumps({"id": "h" * 1_000_000, "text": "The army took the town"}), "long-text": json.dumps({"id": "h", "text": "The army took the town. " * 600_000}),
        "long-line": json.dumps({"id": "h", "text": "x" * 20_000_000}), "list": json.dumps([[]] * 200_000), "id-object": '{"id": {"a": 1}, "text": "The army took the town"}',
        "ninjs-deep": json.dumps({**base, "bodies": [{"value": "<p>" * 300_000, "contentType": "text/html"}]}), "ninjs-types": json.dumps({**base, "bodies": {"a": 1}, "headlines": 5, "infoSources": [5]}),
        "ninjs-version": json.dumps({**base, "version": "9" * 10_000}), "ninjs-int": json.dumps({**base, "version": 10**400}), "ninjs-date": json.dumps({**base, "versioncreated": "9999-99-99T99:99"}),
        "ninjs-embargo": json.dumps({**base, "embargoed": "0001-01-01T00:00:00+23:59"}), "ninjs-uri": json.dumps({**base, "uri": "file:///etc/passwd"}),
        "record-span": json.dumps({**known, "notes": [{"code": "x", "span": [10**30, 10**40], "message": "m"}]}), "record-name": json.dumps({**known, "actors": [{"id": "a1", "name": "n" * 100_000, "kind": "state"}]}),
        "record-nul": json.dumps({**known, "actors": [{"id": "a1", "name": "n\0", "kind": "state"}]}), "record-local": json.dumps({**known, "actors": [{"id": "a" * 5000, "name": "n", "kind": "state"}]}),
        "record-extra": json.dumps({**known, "evil": 1}), "record-surrogate": json.dumps({**known, "report": {"id": "h", "text": "\ud800"}}), "record-id": json.dumps({**known, "report": {"id": "h" * 100_000, "text": "x"}}),
        "bad-utf8": b'{"id": "h", "text": "\xff\xfe\xfa"}', "utf16": '{"id": "h", "text": "The army took the town"}'.encode("utf-16"), "lines": "{\n" * 20_000,
    }  # fmt: skip
    for name, value in values.items():
        yield f"{name}.jsonl", (value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value) + b"\n"


def _text() -> Iterator[Input]:
    yield "binary.txt", bytes(range(256)) * 1000
    yield "large.txt", b"The army took the town. " * 1_000_000
    yield "controls.txt", b"The army took \x1b[2J\x07 the town " * 100
    yield "bidi.txt", ("The army \u202etook the town\u202c of Azaz on Saturday. " * 50).encode()
    yield "utf16-odd.txt", b"\xff\xfeT\x00h\x00e"
    yield "utf8-cut.txt", "The army took Kafr ‘Ayn on Saturday, it said".encode()[:-30] + b"\xe2"


def _addresses(url: str) -> Iterator[Input]:
    inner = (
        "127.0.0.1",
        "localhost",
        "[::1]",
        "0.0.0.0",
        "10.0.0.1",
        "169.254.169.254",
        "2130706433",
        "0177.0.0.1",
        "0x7f000001",
        "[::ffff:127.0.0.1]",
        "127.1",
        "localhost.",
        "①②⑦.⓪.⓪.①",
        "[fe80::1%25eth0]",
    )
    port = url.rpartition(":")[2]
    for host in inner:
        yield "address", f"http://{host}:{port}/secret".encode()
    for other in (
        "http://user:pw@127.0.0.1/",
        "http://127.0.0.1:port/",
        "http://",
        "https://exa mple.org/",
        "http://h\u0000st/",
        "http://a\r\nb/",
        "http://" + "a" * 5000 + "/",
        "http://[::",
        "http://xn--/",
        "https://127.0.0.1:1/",
    ):
        yield "address", other.encode()


def lay(folder: Path, found: list[Input]) -> list[str]:
    """Write the inputs that are files; what `add` is to be given, a good report after each."""
    names = []
    for n, (name, body) in enumerate(found):
        if name.endswith("address"):
            names.append(body.decode("utf-8"))
        else:
            (folder / name).write_bytes(body)
            names.append(str(folder / name))
        good = folder / f"{n:03}-good.jsonl"
        good.write_text(json.dumps({**GOOD, "id": f"good-{n:03}"}) + "\n", encoding="utf-8")
        names.append(str(good))
    return names


# What a child does: take in, watched.
_CHILD = """
import json, sys
folder, db, wait = sys.argv[1], sys.argv[2], json.loads(sys.stdin.read())
from quality.archive import hostile
print(json.dumps(hostile.watched(folder, db, wait)))
"""


def watched(folder: str, db: str, names: list[str]) -> dict[str, Any]:
    """Take the names in and report: what became of them, what was opened and connected to, and the most memory."""
    import dateline.archive
    from dateline.archive.ingest import add
    from dateline.batch import ReadingRoom
    from dateline.sources import read_sources

    opened: Counter[str] = Counter()
    connected: Counter[str] = Counter()
    with dateline.archive.open(db) as archive, ReadingRoom() as room:
        # All that is loaded when first needed is loaded before the watch begins.
        for taken in read_sources([names[1]]):
            room.read([taken])
        sys.addaudithook(lambda event, args: _watch(event, args, folder, opened, connected))
        done: list[Any] = []
        summary = add(archive, names, room, on_done=done.extend)
        records = [r.to_json() for r in archive.records()]
    return {
        "counts": dict(summary.counts), "codes": dict(Counter(d.code for d in done if d.code)), "good": sum(d.key.startswith("good-") and d.became == "added" for d in done),
        "opened": dict(opened), "connected": dict(connected), "canary": sum(CANARY in r for r in records),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }  # fmt: skip


def _watch(event: str, args: Any, folder: str, opened: Counter[str], connected: Counter[str]) -> None:
    if event == "socket.connect":
        connected[str(args[1])] += 1
    elif event == "open" and isinstance(args[0], str):
        inside = (
            folder,
            str(Path(sys.prefix).resolve()),
            str(Path(__file__).parents[2]),
            sys.base_prefix,
            "/etc/ssl",
            "/usr/lib/ssl",
            "/proc/self",
        )
        if not args[0].startswith(inside):
            opened[args[0]] += 1


def run(folder: Path, names: list[str]) -> dict[str, Any]:
    """A child process on a database of its own."""
    (folder / "h.db").unlink(missing_ok=True)
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _CHILD, str(folder), str(folder / "h.db"), "-"],
        input=json.dumps(names), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        return {"crashed": done.returncode, "said": done.stderr[-2000:]}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def trial(folder: Path, every: int = 1) -> dict[str, Any]:
    """The inputs, or each so many-th of them, against the good reports alone."""
    secret = folder / "secret"
    secret.mkdir()
    (secret / "canary.txt").write_text(f"The army took the town of {CANARY} on Saturday.", encoding="utf-8")
    inside = folder / "inputs"
    inside.mkdir()
    with served(Site()) as site:
        found = inputs(str(secret / "canary.txt"), site.url(host="127.0.0.1").rstrip("/"))[::every]
        names = lay(inside, found)
        baseline = run(inside, names[1::2])
        result = run(inside, names)
        asked = len(site.asked)
    if "crashed" in result:
        return {"inputs": len(found), "crashes": 1, **result}
    return {
        "inputs": len(found), "crashes": 0, "good_lost": len(found) - result["good"], "requests_to_the_canary": asked,
        "connections": result["connected"], "files_opened_outside": result["opened"], "canary_words": result["canary"],
        "memory_above_mb": result["memory_mb"] - baseline["memory_mb"], "counts": result["counts"], "codes": result["codes"],
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = trial(Path(folder), options.every)
    print(json.dumps(found))
    if (
        found["crashes"]
        or found["good_lost"]
        or found["requests_to_the_canary"]
        or found["canary_words"]
        or found["memory_above_mb"] > 200
    ):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
