"""What the panel and the cards say."""

from __future__ import annotations

from simpatient.authoring import Library
from simpatient.encounter import Encounter
from simpatient.rubric import load_codebook, load_rubric
from simpatient.web.cards import author_id, avatar_stem, plain, turn_markdown
from simpatient.web.panel import credits_of, harms_of, marked, misses_of, rated_props
from simpatient.web.tested import Experimental, experimental
from simpatient.words import HarmRating, PatientTurn, Rating

LIBRARY = Library.choose()
CODEBOOK = load_codebook(LIBRARY)
RUBRIC = load_rubric(LIBRARY, "rapport", CODEBOOK)


def test_a_quote_is_marked_where_it_stands_in_the_message() -> None:
    pieces = marked("You came early. Calm down.", ["You came early."], ["Calm down."])

    assert pieces == [
        {"text": "You came early.", "mark": "good"},
        {"text": " ", "mark": ""},
        {"text": "Calm down.", "mark": "harm"},
    ]


def test_where_a_harm_and_a_credit_quote_the_same_words_the_harm_is_shown() -> None:
    assert marked("Calm down, Andrew", ["Calm down, Andrew"], ["Calm down"]) == [
        {"text": "Calm down", "mark": "harm"},
        {"text": ", Andrew", "mark": "good"},
    ]


def test_the_pieces_always_make_up_the_whole_message() -> None:
    for quotes in ([], ["not there"], [""], ["b", "abc"]):
        assert "".join(piece["text"] for piece in marked("abcd", quotes, ["d"])) == "abcd"


def test_the_best_credit_comes_first_and_a_missed_behaviour_is_no_credit() -> None:
    first, second, third = (behaviour.id for behaviour in RUBRIC.behaviours[:3])
    ratings = (
        Rating(behaviour=first, value=1, quote="a"),
        Rating(behaviour=second, value=3, quote="b"),
        Rating(behaviour=third, value=0, required=True, cue_quote="I don't sleep"),
    )

    assert [credit["value"] for credit in credits_of(ratings, RUBRIC)] == [3, 1]
    assert [miss["cue"] for miss in misses_of(ratings, RUBRIC)] == ["I don't sleep"]


def test_what_was_not_rated_is_neither_credited_nor_missed() -> None:
    ratings = (Rating(behaviour=RUBRIC.behaviours[0].id, value=None),)

    assert credits_of(ratings, RUBRIC) == []
    assert misses_of(ratings, RUBRIC) == []


def test_the_gravest_harm_comes_first_with_a_better_line() -> None:
    slight, grave = sorted(CODEBOOK.harms)[:2]
    harms = harms_of(
        (HarmRating(code=slight, severity=1, quote="x"), HarmRating(code=grave, severity=3, quote="y")), CODEBOOK
    )

    assert [harm["severity"] for harm in harms] == [3, 1]
    assert harms[0]["better"] == CODEBOOK.codes[grave].better


def test_what_human_coders_confirm_weakly_says_so_and_what_is_only_guessed_is_no_verdict() -> None:
    first, second = (behaviour.id for behaviour in RUBRIC.behaviours[:2])
    weak = Experimental(behaviours=frozenset({first}), codes=frozenset({"judging"}))
    ratings = (Rating(behaviour=first, value=2, quote="a"), Rating(behaviour=second, value=1, quote="b"))
    harms = harms_of(
        (
            HarmRating(code="judging", severity=2, quote="x"),
            HarmRating(code="advice_unasked", severity=2, quote="y", confidence="low"),
        ),
        CODEBOOK, weak,
    )  # fmt: skip

    assert [credit["experimental"] for credit in credits_of(ratings, RUBRIC, weak)] == [True, False]
    assert [(harm["experimental"], harm["severity"]) for harm in harms] == [(True, 2), (False, 0)]
    assert marked("a then b", ["a"], [], ["b"])[-1] == {"text": "b", "mark": "some"}


async def test_the_same_words_are_not_praised_and_blamed_at_once() -> None:
    encounter = await Encounter.begin("andrew")
    await encounter.exchange("Hello Andrew.")
    exchange = await encounter.rated((await encounter.exchange("Cheer up, everyone gets tired.")).number)
    weak = experimental(LIBRARY, "rapport")
    panel = rated_props(
        exchange, encounter.debrief().profile, encounter.patient, RUBRIC, CODEBOOK, inline=False, weak=weak
    )

    assert [harm["name"] for harm in panel["harms"]] == ["Minimising"]
    assert not [credit for credit in panel["credited"] if "Cheer up" in credit["quote"]]
    assert not [piece for piece in panel["said"] if piece["mark"] in ("good", "some")]
    assert panel["allExperimental"] == ("minimising" in weak.codes)


def test_markup_in_a_patients_words_is_shown_as_letters() -> None:
    shown = plain("It's *fine*, <b>really</b> ![x](http://evil.example/x.png) # no")

    assert "*fine*" not in shown.replace("\\*", "")
    assert "<b>" not in shown
    assert "](" not in shown


def test_what_is_seen_stands_on_a_line_of_its_own_in_italics() -> None:
    turn = PatientTurn(text="Yeah.", nonverbal="looks at the door")

    assert turn_markdown(turn) == "*looks at the door*\n\nYeah."
    assert turn_markdown(PatientTurn(text="Yeah.")) == "Yeah."
    assert turn_markdown(PatientTurn(text="tired\nits not iron lol")) == "tired\n\nits not iron lol"


def test_a_portrait_is_found_by_the_authors_name() -> None:
    assert avatar_stem("Maggie O. Hara") == "maggie_o__hara"


def test_every_patient_has_an_author_name_that_chainlit_takes() -> None:
    from simpatient.web.room import Room

    for patient in Room(library=LIBRARY).patients.values():
        assert author_id(patient).replace(" ", "").replace("-", "").replace(".", "").isascii()
