"""Each expectation says met, unmet or undecided, and in words what was there instead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simpatient.llm import Failure, ScriptedModel
from simpatient.suite.held import Held
from simpatient.suite.service import Service
from simpatient.suite.verdict import Verdict

Hold = Callable[..., list[Held]]

GOOD = """\
suite: s
persona: andrew
cases:
  - case: a
    steps:
      - learner: "Hello Andrew, I'm Dana."
        codes: {warmth: 2}
        patient: "Hello. I don't sleep. Nobody at work knows, I'm scared of that."
      - learner: "What you say stays between you and me, unless somebody is in serious danger."
        codes: {confidentiality: 3}
        patient: "(nods) All right. All right then."
        expect: {EXPECT}
"""
BAD = GOOD.replace("codes: {confidentiality: 3}", "codes: {minimising: 3}")


@pytest.mark.parametrize(
    ("expect", "met"),
    [
        ("reads: {confidentiality: 3}", True),
        ("reads: [confidentiality]", True),
        ("reads: {lecturing: 0}", True),
        ("reads: {confidentiality: under 3}", False),
        ("trust: rises", True),
        ("trust: [rises by 0.01 to 0.2, at least 0.3]", True),
        ("trust: falls", False),
        ("anxiety: does not rise", True),
        ("hope: rises by at least 0.5", False),
        ("exit_pressure: under 0.1", True),
        ("stance: [testing, warming]", True),
        ("stance: at least open", False),
        ("stance: at most open", True),
        ("rupture: false", True),
        ("rupture: withdrawal", False),
        ("withholds: [van, regret]", True),
        ("discloses: [van]", False),
        ("reply: {contains: ALL RIGHT, lacks: sorry, matches: 'r\\w+t', words: at most 8, sentences: 2}", True),
        ("reply: {lacks: all right}", False),
        ("reply: {words: over 20}", False),
        ("reply: {same: true}", False),
        ("reply: {same: false}", True),
        ("reply: {nonverbal: true}", False),
        ("ratings: {privacy: 3}", True),
        ("ratings: {repair: not rated}", True),
        ("ratings: {privacy: at most 1}", False),
        ("ratings: [repair]", False),
        ("harms: none", True),
        ("harms: [minimising]", False),
        ("promises: none", True),
        ("promises: [{about: supervisor}]", False),
        ("ends: no", True),
        ("ends: [walked_out, closed]", False),
        ("next_appointment: asks", False),
        ("refused: false", True),
        ("index: at least 1", False),
        ("indices: {percent_open: at least 1}", False),
        ("not: {harms: [minimising]}", True),
        ("not: {trust: rises}", False),
        ("any_of: [{stance: leaving}, {trust: rises, rupture: false}]", True),
        ("any_of: [{stance: leaving}, {trust: falls}]", False),
        ("seconds: under 30", True),
    ],
)
def test_an_expectation_is_met_or_not(hold: Hold, expect: str, met: bool) -> None:
    """On a good second message, its reply given."""
    (held,) = hold(GOOD.replace("{EXPECT}", f"{{{expect}}}"))
    assert held.checks
    assert (held.verdict is Verdict.MET) == met, [str(check.finding) for check in held.checks]
    assert all(check.line == 12 and check.exchange == 2 for check in held.checks)


@pytest.mark.parametrize(
    ("expect", "words"),
    [
        ("trust: rises by at least 0.03", r"expected trust to rise by at least 0.03, but it fell by 0\.\d{3} \("),
        ("rupture: true", "expected a rupture, but there is none"),
        ("harms: none", "expected no harm, but there is `minimising` of severity 3 in"),
        ("reads: [empathy]", "expected `empathy` to be read .*but it was not read .*minimising"),
        ("discloses: {van: full}", r"expected `van` to be told \(full or more\), but it was not told"),
        ("reply: {contains: doctor}", 'expected the reply to contain "doctor", but it was: "'),
        ("ends: closed", r"expected the meeting to end \(closed\), but it goes on"),
    ],
)
def test_a_failure_reads_like_a_sentence(hold: Hold, expect: str, words: str) -> None:
    """What was expected, and what was there instead with its number or its quote."""
    import re

    (held,) = hold(BAD.replace("{EXPECT}", f"{{{expect}}}"))
    (check,) = held.failures
    assert re.search(words, str(check.finding)), str(check.finding)


def test_what_is_optional_is_told_and_fails_nothing(hold: Hold) -> None:
    """It is marked as such."""
    (held,) = hold(GOOD.replace("{EXPECT}", "{trust: rises, optional: {stance: leaving}}"))
    assert held.verdict is Verdict.MET
    assert [(c.finding.verdict, c.optional) for c in held.checks] == [(Verdict.MET, False), (Verdict.UNMET, True)]


def test_what_nobody_can_say_is_undecided(hold: Hold) -> None:
    """No judge, no counted tokens, no prices: neither met nor unmet, whatever else was met."""
    (held,) = hold(GOOD.replace("{EXPECT}", '{trust: rises, tokens: under 5, cost: under 1, judged: "He is calm"}'))
    assert held.verdict is Verdict.UNDECIDED
    assert [c.finding.verdict for c in held.checks].count(Verdict.UNDECIDED) == 3


def test_of_the_whole_meeting_readings_and_tellings_come_together(hold: Hold) -> None:
    """And every exchange can be held to something by itself."""
    (held,) = hold(
        """\
        suite: s
        persona: andrew
        cases:
          - case: a
            steps: ["Hello Andrew, I'm Dana. How have you been sleeping?", "That sounds hard. What is it like at night?", "Thank you for telling me. Bye for now."]
            throughout: {harms: none, reply: {words: at most 60}}
            finally: {reads: [greeting, open_question], trust: does not fall, index: 0 to 100, ends: [closed, "no"]}
        """
    )
    assert held.verdict is Verdict.MET, [str(c.finding) for c in held.failures]
    assert len([c for c in held.checks if c.exchange]) == 2 * held.exchanges


def test_a_step_that_came_too_late_is_unmet_and_says_why(hold: Hold) -> None:
    """What was expected of it never happened; a step of which nothing was expected is passed over."""
    (held,) = hold(
        """\
        suite: s
        persona: andrew
        cases:
          - case: a
            state: {trust: 0.05, exit_pressure: 0.9, defensiveness: 0.9}
            steps:
              - {learner: "You are wasting my time with this nonsense.", codes: {minimising: 3, condescension: 3}}
              - {learner: "Get on with it.", codes: {rushing: 3, pushing: 3}}
              - {learner: "Are you still there?", expect: {trust: rises}}
        """
    )
    assert held.verdict is Verdict.UNMET
    assert "the meeting was over" in held.failures[0].finding.found


def test_history_and_state_stand_before_the_first_step(hold: Hold) -> None:
    """What was told before is known, what was felt is felt, and nothing was asked for it."""
    (held,) = hold(
        """\
        suite: s
        persona: andrew
        cases:
          - case: a
            state: {trust: 0.7, hope: 0.6, anxiety: 0.2, defensiveness: 0.1, told: [van]}
            history:
              - {learner: "Hello Andrew.", patient: "Hello. I sit in the van outside work."}
              - "How long have you sat there?"
            steps:
              - {learner: "Ten minutes, you said.", expect: {trust: at least 0.6, stance: at least open}}
        """
    )
    assert held.verdict is Verdict.MET, [str(c.finding) for c in held.failures]
    assert [e["learner"] for e in held.meetings[0].exchanges] == [
        "Hello Andrew.",
        "How long have you sat there?",
        "Ten minutes, you said.",
    ]
    assert held.meetings[0].exchanges[0]["reply"] == "Hello. I sit in the van outside work."


def test_a_case_of_two_meetings_keeps_promises_in_between(hold: Hold) -> None:
    """A promise that was kept is told, one that was not breaks something."""
    text = """\
    suite: s
    persona: andrew
    cases:
      - case: a
        matrix: {seed: [1, 2]}
        meetings:
          - steps: ["I'll ask the clinic doctor about tablets and tell you next Tuesday."]
            finally: {promises: [{about: clinic doctor, status: open}]}
          - between: {promises: PROMISES, expect: {returns: comes}}
            steps: ["Hello again. FIRST"]
            finally: {promises: [{about: clinic doctor, status: STATUS}]}
    """
    kept = "I asked the clinic doctor about tablets, as I said I would. She says you need none."
    for promises, first, status in (("kept", kept, "kept"), ("not_done", "How are you?", "broken")):
        for held in hold(text.replace("PROMISES", promises).replace("FIRST", first).replace("STATUS", status)):
            assert held.verdict is Verdict.MET, [str(c.finding) for c in held.failures]
            assert len(held.meetings) == 2


def says(*answers: bool | Failure | str) -> Service:
    """A service whose judge answers so, and nobody else."""
    steps = [{"quote": "", "why": "", "true": a} if isinstance(a, bool) else a for a in answers]
    return Service(judge=ScriptedModel(steps))


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        ([True, True], Verdict.MET),
        ([True, False, True], Verdict.MET),
        ([False, False], Verdict.UNMET),
        ([True, Failure.DOWN, False], Verdict.UNDECIDED),
        ([Failure.KEY, True, True], Verdict.MET),
        ([False, "no object", "still none", False], Verdict.UNMET),
    ],
)
def test_a_judge_is_asked_until_the_rate_is_settled(
    hold: Hold, answers: list[bool | Failure | str], verdict: Verdict
) -> None:
    """No more often than needed; an answer that did not come counts neither way."""
    service = says(*answers)
    (held,) = hold(GOOD.replace("{EXPECT}", '{judged: {says: "He is calm", rate: 2 of 3}}'), service)
    assert held.checks[0].finding.verdict is verdict, str(held.checks[0].finding)
    assert isinstance(service.judge, ScriptedModel)
    service.judge.finished()
    assert "(nods) All right" in service.judge.asked[0].messages[0].text
    assert "trust" not in service.judge.asked[0].messages[0].text
