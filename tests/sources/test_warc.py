"""Pages of a crawl; what is cut or altered is named, and the rest is read."""

import gzip

import pytest

from dateline.sources import read_sources
from tests.sources.warcs import http, packed, page, record, sha1, story

TOWNS = ("Azaz", "Marea", "Tadmur")


def take(tmp_path, body, name="a.warc"):
    path = tmp_path / name
    path.write_bytes(body)
    return list(read_sources([str(path)]))


@pytest.mark.parametrize("name, pack", [("a.warc", lambda *r: b"".join(r)), ("a.warc.gz", packed), ("crawl", packed)])
def test_pages_come_in_order_by_their_address(tmp_path, name, pack):
    found = take(tmp_path, pack(*map(story, TOWNS)), name)
    assert [t.report.id for t in found] == [f"https://example.org/{t.lower()}" for t in TOWNS]
    assert all(t.report.named and t.report.title == f"Army takes {town}" for t, town in zip(found, TOWNS, strict=True))


def test_chunks_are_joined_and_packed_bodies_unpacked(tmp_path):
    body = gzip.compress(page("Azaz"), mtime=0)
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(c), c) for c in (body[:50], body[50:])) + b"0\r\n\r\n"
    block = http(chunked, headers={"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"})
    for digest in (sha1(chunked), sha1(body)):
        (taken,) = take(tmp_path, record("https://example.org/a", block, WARC_Payload_Digest=digest))
        assert taken.report and "taken the town of Azaz" in taken.report.text


def test_what_holds_no_report_is_passed_over(tmp_path):
    body = [
        record("https://example.org/x.png", http(b"\x89PNG", "image/png")),
        record("https://example.org/404", http(page("Azaz"), status=404)),
        record("https://example.org/", b"GET / HTTP/1.1\r\n\r\n", "request"),
        record("dns:example.org", b"example.org. 1 IN A", "resource", Content_Type="text/dns"),
        story("Marea"),
    ]
    assert [t.report.id for t in take(tmp_path, b"".join(body))] == ["https://example.org/marea"]


@pytest.mark.parametrize("pack", [lambda *r: b"".join(r), packed])
@pytest.mark.parametrize("part", [0.05, 0.3, 0.6, 0.95])
def test_a_file_that_is_cut_short_says_so_and_gives_what_is_whole(tmp_path, pack, part):
    whole, last = pack(*map(story, TOWNS[:2])), pack(story(TOWNS[2]))
    found = take(tmp_path, whole + last[: int(len(last) * part)], "a.warc")
    assert [t.report.title for t in found if t.report] == ["Army takes Azaz", "Army takes Marea"]
    assert [t.error.code for t in found if t.error] == ["DL-S09"]


def test_an_altered_record_is_named_and_the_next_is_read(tmp_path):
    altered = story("Azaz").replace(b"siege of three weeks", b"siege of seven weeks")
    bad, good = take(tmp_path, altered + story("Marea"))
    assert bad.error.code == "DL-S09" and "digest" in str(bad.error) and "example.org/azaz" in str(bad.error)
    assert good.report.title == "Army takes Marea"


def test_a_record_that_its_crawler_cut_is_named(tmp_path):
    (bad,) = take(tmp_path, record("https://example.org/a", http(page("Azaz")), WARC_Truncated="length"))
    assert bad.error.code == "DL-S09" and "cut by its crawler" in str(bad.error)


def test_a_member_that_unpacks_without_end_is_refused(tmp_path):
    bomb = gzip.compress(record("https://example.org/a", http(b"\x00" * 60_000_000)), mtime=0)
    assert len(bomb) < 100_000
    assert [t.error.code for t in take(tmp_path, bomb, "a.warc.gz")] == ["DL-S08"]


def test_a_body_that_unpacks_without_end_is_refused_and_the_next_is_read(tmp_path):
    bomb = record("https://example.org/a", http(gzip.compress(b" " * 60_000_000), headers={"Content-Encoding": "gzip"}))
    bad, good = take(tmp_path, bomb + story("Marea"))
    assert bad.error.code == "DL-S08" and good.report


def test_a_record_larger_than_any_page_is_named_and_the_next_is_read(tmp_path):
    bad, good = take(tmp_path, record("https://example.org/a", http(b"x" * (17 * 2**20))) + story("Marea"))
    assert bad.error.code == "DL-S07" and good.report


@pytest.mark.parametrize(
    "body", [b"", b"WARC/1.1\r\n", b"no warc at all", gzip.compress(b"no warc at all", mtime=0), b"\x1f\x8b\x08garbage"]
)
def test_a_file_without_records_is_named(tmp_path, body):
    (taken,) = take(tmp_path, body)
    assert taken.error.code == "DL-S09"
