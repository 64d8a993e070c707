"""Who may speak to the server."""

from __future__ import annotations

import socket

import pytest

from simpatient.web import guards


@pytest.mark.parametrize("header", ["127.0.0.1:8000", "localhost", "[::1]:8000", "LOCALHOST:1"])
def test_a_loopback_server_answers_to_loopback_names(header: str) -> None:
    assert guards.allowed_host(header, "127.0.0.1")


@pytest.mark.parametrize("header", ["evil.example", "127.0.0.1.evil.example", "", "[", "192.168.1.5"])
def test_a_loopback_server_answers_to_no_other_name(header: str) -> None:
    assert not guards.allowed_host(header, "127.0.0.1")


def test_a_server_on_all_addresses_answers_to_addresses_and_its_own_name_only() -> None:
    assert guards.allowed_host("192.168.1.5:8000", "0.0.0.0")
    assert guards.allowed_host(socket.gethostname(), "0.0.0.0")
    assert not guards.allowed_host("evil.example", "0.0.0.0")


def test_a_page_on_another_port_is_another_origin() -> None:
    assert guards.same_origin("http://127.0.0.1:8000", "127.0.0.1:8000")
    assert not guards.same_origin("http://127.0.0.1:9000", "127.0.0.1:8000")
    assert not guards.same_origin("null", "127.0.0.1:8000")
    assert not guards.same_origin("http://evil.example", "127.0.0.1:8000")


def test_outside_links_are_taken_out_and_ours_stay() -> None:
    page = '<link rel="stylesheet"\n href="https://cdn.example/x.css" /><link rel="icon" href="/favicon" />'

    assert guards.strip_outside(page) == '<link rel="icon" href="/favicon" />'
