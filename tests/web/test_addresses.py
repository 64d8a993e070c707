"""Addresses that nobody can guess or forge."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simpatient.web.addresses import address_of, encounter_of, form_token, is_form_token

KEY, OTHER = b"k" * 32, b"o" * 32


@given(st.text(min_size=1, max_size=120).filter(lambda t: t.encode("utf-8", "ignore").decode() == t))
def test_an_address_leads_back_to_its_meeting_and_to_no_other(encounter: str) -> None:
    address = address_of(encounter, KEY)

    assert encounter_of(address, KEY) == encounter
    assert encounter_of(address, OTHER) is None
    assert encounter_of(address[:-1], KEY) is None
    assert encounter_of("A" + address, KEY) is None


@given(st.text(max_size=200))
def test_what_was_not_signed_is_no_address(text: str) -> None:
    assert encounter_of(text, KEY) is None


def test_two_addresses_of_one_meeting_differ() -> None:
    assert len({address_of("andrew-1", KEY) for _ in range(50)}) == 50


@given(st.text(max_size=60))
def test_a_form_token_is_good_for_its_own_page_only(other: str) -> None:
    token = form_token("/debrief/one", KEY)

    assert is_form_token(token, "/debrief/one", KEY)
    assert not is_form_token(token, "/debrief/one", OTHER)
    assert not is_form_token(token, f"/debrief/two{other}", KEY)
    assert not is_form_token(other, "/debrief/one", KEY)


def test_a_form_token_is_not_a_page_s_signature() -> None:
    body, _, signature = address_of("andrew-1", KEY).partition(".")

    assert not is_form_token(signature, body, KEY)
