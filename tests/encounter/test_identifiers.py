"""What might identify a real person, asked about before text leaves the machine."""

from __future__ import annotations

import pytest

from simpatient.encounter.identifiers import identifiers_in

HELD = {
    "a phone number": [
        "Ring me on 07700 900123.", "It's 0114 496 0000, the office.", "+44 7700 900123 is the mobile", "(01632) 960 001 any time",
        "call 555-867-5309 tonight", "Her number is 07700900123", "+1 202-555-0143",
    ],
    "an e-mail address": ["Send it to dana.smith@example.org.", "my email is j_doe+notes@mail.example.co.uk"],
    "a date of birth": [
        "She was born on 12 March 1979.", "DOB 04/05/1988", "date of birth: 1988-05-04", "His birthday is 3/11/1990", "born 7.6.1951, widowed",
    ],
    "a record number": [
        "NHS number 943 476 5919", "MRN: 00482913", "patient no. 5512345", "record number A1234567", "SSN 078-05-1120",
    ],
    "an address": ["She lives at 14 Crescent Road, near the school.", "The postcode is S10 2TN."],
}  # fmt: skip
HARMLESS = [
    "They put her on 70 mg.", "Shall we say ten past four?", "That was in 2019.", "Thursday at 3 would suit.", "You said 3 in the morning.",
    "Fifty milligrams twice a day.", "See you on the 14th at 2.30.", "It was 12/10 for spice.", "Your pressure was 120/80.", "That's 24/7, then.",
    "About 2,000 steps a day.", "He's 46 and she's 19.", "Room 204 on the second floor.", "I read 1984 at school.", "We have 40 exchanges, 25 minutes.",
    "From 1999 to 2009 you worked nights.", "Two in three people sleep badly.", "It costs 55 pounds for 50 minutes.", "Page 10 of the leaflet.",
    "You wake at 3.10, 3.15, 3.20.", "When is your birthday?", "Where were you born?", "Were you born in Wellington?", "The bus is the 52 to Crookes.",
    "It's 5 to 10 minutes, 3 or 4 times.", "That case was 15 years ago.", "A score of 10-12 is normal.", "You may come on 3, 10 or 17 November.",
    "We agreed 6 sessions, then 6 more.", "It's on the 2nd Avenue side of things, so to say.", "B12 and iron, was it?", "Take 1000 mg at most.",
    "The M1 and then the A57.", "In 10 000 people 3 have it.", "I drove 140 000 miles in it.", "You were born into a big family, the 3rd of 5.",
    "Your record is clean, as far as 2024 goes.", "Call 999 or 111, day or night.", "We are open from 08.00 to 16.30.",
]  # fmt: skip


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in HELD.items() for text in texts])
def test_details_that_might_identify_somebody_are_asked_about(kind: str, text: str) -> None:
    """Named in words, and not repeated."""
    found = identifiers_in(text)
    assert kind in found
    assert not any(character.isdigit() for name in found for character in name)


@pytest.mark.parametrize("text", HARMLESS)
def test_doses_times_and_years_are_not(text: str) -> None:
    """A question too many teaches people to click it away."""
    assert identifiers_in(text) == ()


def test_a_long_message_of_digits_is_read_in_no_time() -> None:
    """No pattern runs away with hostile text."""
    for text in ("1" * 8000, "0 1 " * 2000, "a@" * 4000, "born " * 1600, "+1-" * 2600, "1 A" * 2600):
        identifiers_in(text)
