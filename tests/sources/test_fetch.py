"""Fetching: never beyond the public network, never without TLS's word, within limits, as the site asks."""

import gzip
import ipaddress
import ssl
import time
from datetime import UTC, datetime, timedelta

import pytest
import trustme

from dateline.errors import (
    BadStatus,
    DamagedSource,
    FetchError,
    HostileSource,
    RefusedAddress,
    RefusedByRobots,
    SlowServer,
    TooLarge,
    UntrustedServer,
)
from dateline.sources import read_sources
from dateline.sources.fetch import Fetcher
from dateline.sources.guard import is_public
from tests.sources.warcs import page
from tests.sources.web import Site, fetcher, served

HTML = {"Content-Type": "text/html; charset=utf-8"}


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.1",
        "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "fec0::1",
        "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::10.0.0.1", "2002:7f00:1::", "2002:a00:1::1",
        "2001:0:7f00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_of_the_public_network(address):
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"]
)
def test_an_address_of_the_public_network(address):
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/", "http://2130706433/", "http://0x7f.1/",
        "http://169.254.169.254/latest/meta-data/", "http://[::ffff:10.0.0.1]/", "https://10.0.0.1/", "file:///etc/passwd",
        "ftp://example.org/", "gopher://127.0.0.1/", "http:///x", "http://user:pass@example.org/", "http://a b/", "http://h:99999/",
        "http://127.0.0.1:22/\r\nHost: x", "http://①②⑦.⓪.⓪.①/",
    ],
)  # fmt: skip
def test_an_address_that_is_refused_without_a_connection(url, monkeypatch):
    asked = Fetcher(pause_s=0)
    monkeypatch.setattr(asked.network._inner, "connect_tcp", lambda *a: pytest.fail("connected"))
    with pytest.raises((RefusedAddress, FetchError)):
        asked.fetch(url)


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.2/", "http://10.0.0.1/", "http://169.254.169.254/x", "//inside.example/", "file:///etc/passwd"],
)
def test_a_redirect_is_looked_at_like_the_first_address(target):
    with served(Site({"/": (302, {"Location": target}, "")})) as site, pytest.raises(RefusedAddress):
        fetcher({"inside.example": "192.168.0.1"}).fetch(site.url())


def test_a_name_that_leads_inside_is_refused_even_after_it_led_outside():
    answers = iter(["127.0.0.1", "127.0.0.1", "10.0.0.1"])
    asked = fetcher()
    asked.network.resolve = lambda host, port: [next(answers)]
    with served(Site({"/": (200, HTML, "x")})) as site:
        assert asked.fetch(site.url()).status == 200
        with pytest.raises(RefusedAddress):
            asked.fetch(site.url())


def test_one_inner_address_among_public_ones_refuses_the_name():
    asked = fetcher()
    asked.network.resolve = lambda host, port: ["127.0.0.1", "10.0.0.1"]
    with pytest.raises(RefusedAddress, match=r"10\.0\.0\.1"):
        asked.fetch("http://both.example/")


def test_a_page_is_fetched_with_its_redirects_and_known_by_its_last_address():
    site = Site({"/": (301, {"Location": "/story"}, ""), "/story": (200, HTML, page("Azaz"))})
    with served(site):
        (taken,) = read_sources([site.url()], fetcher=fetcher())
    assert taken.report.id == site.url("/story") and "taken the town of Azaz" in taken.report.text


def test_redirects_without_end():
    with served(Site({"/": (302, {"Location": "/"}, "")})) as site, pytest.raises(BadStatus, match="more than 5"):
        fetcher().fetch(site.url())


def test_an_error_of_the_server_is_told():
    with served(Site({"/": (503, {}, "")})) as site, pytest.raises(BadStatus, match="503"):
        fetcher().fetch(site.url())


def test_a_packed_answer_is_unpacked():
    site = Site({"/": (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(page("Azaz")))})
    with served(site):
        assert fetcher().fetch(site.url()).body == page("Azaz")


@pytest.mark.parametrize(
    "headers, body, error",
    [
        ({"Content-Length": "99999999999"}, b"", TooLarge),
        ({}, b"x" * 2_000_000, TooLarge),
        ({"Content-Encoding": "gzip"}, gzip.compress(b"x" * 20_000_000), HostileSource),
        ({"Content-Encoding": "gzip"}, gzip.compress(page("Azaz"))[:-20], DamagedSource),
        ({"Content-Encoding": "br"}, b"xx", FetchError),
        ({"Content-Length": "1000", "Connection": "close"}, b"x" * 10, FetchError),
    ],
)
def test_an_answer_beyond_its_limits_or_cut(headers, body, error):
    with served(Site({"/": (200, {**HTML, **headers}, body)})) as site, pytest.raises(error):
        fetcher(most_bytes=1_000_000, timeout_s=2.0).fetch(site.url())


def test_a_server_that_drips_is_left_when_the_time_is_up():
    def drip(headers):
        time.sleep(1.5)
        return 200, HTML, "late"

    began = time.monotonic()
    with served(Site({"/": drip})) as site, pytest.raises(SlowServer):
        fetcher(timeout_s=0.5).fetch(site.url())
    assert time.monotonic() - began < 1.4


def test_robots_are_asked_and_heeded_once():
    rules = "User-agent: *\nAllow: /\n\nUser-agent: Dateline\nDisallow: /private\n"
    site = Site(
        {
            "/robots.txt": (200, {"Content-Type": "text/plain"}, rules),
            "/a": (200, HTML, "a"),
            "/private/b": (200, HTML, "b"),
        }
    )
    with served(site):
        asked = fetcher()
        assert asked.fetch(site.url("/a")).body == b"a"
        with pytest.raises(RefusedByRobots):
            asked.fetch(site.url("/private/b"))
    assert site.asked == ["/robots.txt", "/a"]


def test_robots_that_fail_forbid_everything():
    site = Site({"/robots.txt": (500, {}, ""), "/a": (200, HTML, "a")})
    with served(site), pytest.raises(RefusedByRobots, match="500"):
        fetcher().fetch(site.url("/a"))
    assert "/a" not in site.asked


def test_a_redirect_into_what_robots_forbid():
    site = Site(
        {
            "/robots.txt": (200, {}, "User-agent: *\nDisallow: /b"),
            "/a": (302, {"Location": "/b"}, ""),
            "/b": (200, HTML, "b"),
        }
    )
    with served(site), pytest.raises(RefusedByRobots):
        fetcher().fetch(site.url("/a"))
    assert "/b" not in site.asked


def test_hosts_are_asked_with_a_pause():
    site = Site({"/robots.txt": (200, {}, "User-agent: *\nCrawl-delay: 7\n"), "/a": (200, HTML, "a")})
    slept = []
    asked = fetcher(sleep=slept.append)
    with served(site):
        asked.fetch(site.url("/a"))
        asked.fetch(site.url("/a"))
    assert len(slept) == 1 and 6 < slept[0] <= 7


def test_what_has_not_changed_is_not_sent_again():
    def answer(headers):
        return (304, {}, "") if headers.get("If-None-Match") == '"v1"' else (200, {**HTML, "ETag": '"v1"'}, "a")

    with served(Site({"/a": answer})) as site:
        first = fetcher().fetch(site.url("/a"))
        again = fetcher().fetch(site.url("/a"), first.keep)
    assert (
        first.body == b"a"
        and first.keep.etag == '"v1"'
        and again.body is None
        and again.status == 304
        and again.keep.etag == '"v1"'
    )


def test_what_is_fresh_is_not_asked_for():
    site = Site({"/a": (200, {**HTML, "Cache-Control": "max-age=600"}, "a")})
    with served(site):
        first = fetcher().fetch(site.url("/a"))
        asked = len(site.asked)
        assert fetcher().fetch(site.url("/a"), first.keep).status == 0
    assert len(site.asked) == asked and first.keep.fresh_until > datetime.now(UTC) + timedelta(minutes=9)


def test_freshness_ends_after_a_day_whatever_the_server_says():
    with served(Site({"/a": (200, {**HTML, "Cache-Control": "max-age=999999999"}, "a")})) as site:
        assert fetcher().fetch(site.url("/a")).keep.fresh_until < datetime.now(UTC) + timedelta(days=1, minutes=1)


def test_tls_is_verified_and_never_left():
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("public.example").configure_cert(server)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    plain = Site({"/a": (200, HTML, "a")})
    site = Site({"/a": (200, HTML, "a")})
    with served(plain), served(site, server):
        site.pages["/down"] = (302, {"Location": plain.url("/a")}, "")
        assert fetcher(tls=trusting).fetch(site.url("/a", scheme="https")).body == b"a"
        for asked, url in (
            (fetcher(), site.url("/a", scheme="https")),
            (fetcher(tls=trusting), site.url("/a", "other.example", "https")),
            (fetcher(tls=trusting), site.url("/down", scheme="https")),
        ):
            with pytest.raises(UntrustedServer):
                asked.fetch(url)
    assert plain.asked == []


def test_a_feed_is_read_and_its_pages_followed(tmp_path):
    feed = "<rss version='2.0'><channel><title>Desk</title><link>http://public.example/</link>{}</channel></rss>"
    item = "<item><guid>{0}</guid><title>Army takes {0}</title><link>{1}</link><pubDate>Sat, 20 Feb 2016 09:00:00 +0000</pubDate><description>The army took {0} on Saturday.</description></item>"
    site = Site({"/azaz": (200, HTML, page("Azaz"))})
    with served(site):
        items = item.format("Azaz", site.url("/azaz")) + item.format("Marea", site.url("/gone"))
        site.pages["/feed"] = (200, {"Content-Type": "application/rss+xml"}, feed.format(items))
        short = list(read_sources([site.url("/feed")], fetcher=fetcher()))
        long = list(read_sources([site.url("/feed")], fetcher=fetcher(), follow=True))
    assert [t.report.id for t in short] == ["public.example#Azaz", "public.example#Marea"]
    assert "siege of three weeks" in long[0].report.text and long[0].report.id == "public.example#Azaz"
    assert long[1].report == short[1].report and long[2].error.code == "DL-F04"
