"""The shipped rubric keeps its own promises."""

import re
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpatient.authoring import Library
from simpatient.evaluation import RuleEvaluator
from simpatient.evaluation.better import try_instead
from simpatient.evaluation.called import Call
from simpatient.rubric import load_codebook, load_rubric
from simpatient.rubric.rubric import Ceiling
from simpatient.words import Appraisal, CodedSpan, Context, Opportunity, PatientTurn, Tag

LIBRARY = Library.choose()
CODEBOOK = load_codebook(LIBRARY)
RUBRIC = load_rubric(LIBRARY, "rapport", CODEBOOK)
EVALUATOR = RuleEvaluator(RUBRIC, CODEBOOK)
IDS = "reflect open cue validate warmth strengths autonomy plan repair honest privacy commitments plain pace".split()
BOTH = "I've not slept in weeks and I'm scared I'll lose the house. Who reads this?"


def test_there_are_fourteen_behaviours_in_five_domains():
    """Ids are words, weights add up to one."""
    assert [behaviour.id for behaviour in RUBRIC.behaviours] == IDS
    assert [domain.weight for domain in RUBRIC.domains] == [0.30, 0.20, 0.20, 0.20, 0.10]


def test_every_grave_event_has_a_ceiling():
    """And a repair lifts all but ignoring risk and a walk-out."""
    events = set(get_args(Ceiling.model_fields["event"].annotation))
    assert {ceiling.event for ceiling in RUBRIC.ceilings} == events
    assert {c.event for c in RUBRIC.ceilings if c.repaired is None} == {"risk_ignored", "walked_out"}


def test_every_harm_of_the_codebook_counts_against_something():
    """No harm is free."""
    named = {code for behaviour in RUBRIC.behaviours for code in behaviour.harmed_by}
    assert CODEBOOK.harms <= named


def test_every_tag_that_calls_for_a_behaviour_has_a_line_that_needs_nothing_filled():
    """There is always something to suggest."""
    for behaviour in RUBRIC.behaviours:
        assert len(behaviour.try_instead) >= 3, behaviour.id
        for tag in behaviour.required_by_tags:
            lines = [line.say for line in behaviour.try_instead if line.when in {tag, None}]
            assert any("{" not in line for line in lines), (behaviour.id, tag)


@pytest.mark.parametrize("behaviour", RUBRIC.behaviours, ids=IDS)
def test_lines_come_filled_in_either_register(behaviour):
    """No braces are left, and a formal learner gets no contractions but those of the patient's."""
    for number in range(1, 9):
        for tag in (*behaviour.required_by_tags, None):
            call = Call(behaviour=behaviour.id, rank=5, cue_quote="I can not face the door.", tag=tag, feeling="fear")
            given_context = Context(turn=PatientTurn(text="I can not face the door."), exchange=number)
            formal = try_instead(behaviour, call, given_context, "I am here. It is a pleasure, Mr Osei.")
            casual = try_instead(behaviour, call, given_context, "I'm here.")
            assert casual
            assert not re.search(r"[{}]", formal + casual)
            assert not re.search(r"\b\w+'(m|ve|ll|d|re|t)\b", formal), formal


@pytest.mark.parametrize("behaviour", RUBRIC.behaviours, ids=IDS)
def test_authored_reasons_leave_room_for_the_words_they_quote(behaviour):
    """At most sixteen words of their own, so that nine can be quoted."""
    for text in (behaviour.reasons.zero, behaviour.reasons.one, behaviour.reasons.two, behaviour.reasons.three):
        assert len(re.sub(r"\{\w+\}", "", text).split()) <= 16


CODES = st.tuples(st.sampled_from(sorted(CODEBOOK.codes)), st.integers(1, 3))
WORDS = st.lists(
    st.sampled_from("you said the door. tired? hello no I see (nods) *smiles* what\n".split(" ")), max_size=30
)


@settings(max_examples=150, deadline=None)
@given(
    words=WORDS,
    codes=st.lists(st.tuples(CODES, st.integers(0, 29), st.integers(1, 12)), max_size=10),
    tags=st.lists(st.sampled_from(list(Tag)), max_size=6),
    exchange=st.integers(1, 12),
)
def test_no_message_breaks_the_evidence_rule(words, codes, tags, exchange):
    """Whatever is read in whatever is typed: exact quotes, two behaviours a span, one a domain, three calls at most."""
    message = " ".join(words)
    spans = tuple(CodedSpan(code=c, level=n, quote=" ".join(words[a : a + k])) for (c, n), a, k in codes)
    turn = PatientTurn(text=BOTH, opportunities=tuple(Opportunity(tag=tag, quote="I'm scared") for tag in tags))
    context = Context(turn=turn, exchange=exchange)
    assessment = EVALUATOR.assess(message, context, Appraisal(by="script", codes=spans))
    ratings = assessment.ratings
    assert [r.behaviour for r in ratings] == IDS
    assert {r.behaviour for r in ratings if r.required} == set(EVALUATOR.required_for(context))
    assert sum(r.required for r in ratings) <= 3
    paid: dict[str, list[str]] = {}
    for rating in ratings:
        assert (rating.value is None) == (rating.not_rated is not None)
        assert len(rating.why.split()) <= 25
        if rating.value:
            assert rating.quote
            assert rating.quote in message
            paid.setdefault(rating.quote, []).append(RUBRIC.behaviour(rating.behaviour).domain)
        if rating.value == 0:
            assert rating.cue_quote in BOTH
            assert rating.cue_quote
    assert all(len(domains) <= 2 and len(set(domains)) == len(domains) for domains in paid.values())
    if any(harm.severity == 3 for harm in assessment.harms):
        assert max(rating.value or 0 for rating in ratings) <= 1


def test_every_harm_has_a_line_to_say_in_its_place():
    """And no line names a harm that does not exist."""
    named = {code for behaviour in RUBRIC.behaviours for line in behaviour.try_instead for code in line.instead_of}
    assert named == CODEBOOK.harms
