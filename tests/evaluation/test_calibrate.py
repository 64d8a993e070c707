"""An evaluator held against small hand-made gold files; every figure is worked by hand."""

import json

import pytest

from simpatient.errors import ConfigurationError, ContentError
from simpatient.evaluation.calibrate import Instrument, calibrate, save, weak_codes
from simpatient.evaluation.calibration_page import bar, page
from simpatient.evaluation.gold import read_dialogues, read_gold
from simpatient.words import Appraisal, Assessment, CodedSpan, Rating

READ = {"ask": "open_question", "close": "closed_question", "tell": "information", "push": "advice_unasked"}
"""What the scripted reader makes of a message that begins with the word."""


class Reader:
    """Reads a message by its first word, and remembers against what."""

    def __init__(self):
        self.contexts = {}

    def read(self, text, context):
        self.contexts[text] = context
        word = text.split()[0]
        codes = (CodedSpan(code=READ[word], level=2, quote=text),) if word in READ else ()
        return Appraisal(by="rules", codes=codes)


class Rater:
    """Rates `reflect` by the number that ends the message; not rated without one."""

    def __init__(self, rubric):
        self.rubric = rubric

    async def rate(self, message, context, appraisal):
        last = message.split()[-1]
        value = int(last) if last.isdigit() else None
        return Assessment(
            ratings=(Rating(behaviour="reflect", value=value, required=value is not None, quote=message),)
        )


@pytest.fixture
def gold_file(tmp_path):
    def make(*rows):
        path = tmp_path / "gold.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return make


@pytest.fixture
def instrument(codebook, rubric):
    return Instrument(codebook=codebook, reader=Reader(), tag=lambda _: (), evaluator=Rater(rubric))


@pytest.fixture
def held(gold_file, codebook, rubric, instrument):
    """The calibration of rows against the scripted evaluator."""

    async def run(*rows, resamples=50, about=""):
        gold = read_gold(gold_file(*rows), codebook, rubric)
        return await calibrate(gold, instrument, resamples=resamples, about=about)

    return run


def row(learner, dialogue=None, turn=1, patient="", **human):
    placed = {"dialogue": dialogue, "turn": turn} if dialogue else {}
    return {"learner": learner, "patient": patient, **placed, **human}


async def test_each_code_gets_its_own_f1_and_support(held):
    """Two of three open questions found with one false alarm: two thirds. What no coder looked for is not listed."""
    done = await held(
        row("ask a", codes=["open_question"]),
        row("ask b", codes={"open_question": 3}),
        row("tell c", codes=["open_question"]),
        row("ask d", codes={"open_question": 0}),
        row("push e", codes=[]),
    )
    (only,) = done.codes
    assert (only.name, only.agreement.support, only.agreement.found) == ("Open question", 3, 3)
    assert only.f1.value == pytest.approx(2 / 3)
    assert (only.agreement.precision, only.agreement.recall) == pytest.approx((2 / 3, 2 / 3))
    assert done.primary is None
    assert done.ratings is None
    assert done.quality is None


async def test_families_are_compared_seven_ways_and_four_ways(held):
    """Open for closed is an error among seven families and none among four.

    By hand: seven ways 2 of 4 agree and chance agrees 1/4, so kappa is 1/3; four ways all agree.
    """
    done = await held(
        row("ask a", primary="open_question"),
        row("close b", primary="open_question"),
        row("tell c", primary="information"),
        row("tell d", primary="advice"),
    )
    assert done.primary.seven.value == pytest.approx((0.5 - 4 / 16) / (1 - 4 / 16))
    assert done.primary.four.value == pytest.approx(1.0)
    assert done.primary.table["open_question"] == {
        "open_question": 1, "closed_question": 1, "information": 0, "advice": 0,
    }  # fmt: skip
    assert list(done.primary.table) == ["open_question", "closed_question", "information", "advice"]


async def test_codes_may_be_the_seven_families(held):
    """A coarse coding is read as one, and a weak family makes its codes experimental."""
    done = await held(
        row("ask a", codes=["open_question", "other"]), row("push b", codes=["advice"]), row("hm", codes=["other"])
    )
    assert done.source.coding == "families"
    f1 = {each.agreement.code: each.f1.value for each in done.codes}
    assert f1 == {"open_question": 1.0, "advice": 1.0, "other": pytest.approx(2 / 3)}
    assert "advice_unasked" in done.experimental
    assert "lecturing" not in done.experimental


async def test_not_rated_is_counted_and_never_zero(held):
    """By hand: values 0-0, 1-2, 3-3 agree but for one near miss; one human rating has no counterpart."""
    done = await held(
        row("a 0", ratings={"reflect": 0}),
        row("b 2", ratings={"reflect": 1}),
        row("c 3", ratings={"reflect": 3}),
        row("d", ratings={"reflect": 0}),
    )
    (reflect,) = done.ratings
    assert (reflect.compared, reflect.not_rated) == (3, 1)
    assert (reflect.exact, reflect.within_one) == pytest.approx((2 / 3, 1.0))
    # Mean square seen 1/3; by chance (0+4+9 + 1+1+4 + 9+1+0) / 9 = 29/9.
    assert reflect.kappa.value == pytest.approx(1 - (1 / 3) / (29 / 9))
    assert reflect.experimental


async def test_good_dialogues_stand_above_poor_ones_and_words_alone_are_shown_beside(held):
    """The index follows the ratings; here the poor talk more, and a dialogue without any rating is named."""
    done = await held(
        row("x 3", "good", 1, session_quality="high"),
        row("y 3", "good", 2, session_quality="high"),
        row("z 3", "good", 3, session_quality="high"),
        row("very many words x 0", "poor", 1, session_quality="low"),
        row("very many words y 0", "poor", 2, session_quality="low"),
        row("very many words z 0", "poor", 3, session_quality="low"),
        row("hm", "silent", 1, session_quality="low"),
    )
    assert (done.quality.high, done.quality.low) == (1, 1)
    assert done.quality.without_index == ("silent",)
    assert done.quality.index.value == 1.0
    assert (done.quality.words.value, done.quality.words_direction) == (1.0, "fewer")


async def test_rows_are_read_in_the_light_of_what_came_before_in_their_dialogue(held, instrument):
    """Order is by turn; nothing of another dialogue is known, and a row alone does not open a meeting it answers in."""
    await held(
        row("ask third", "a", 9, "Scared.", primary="other"),
        row("ask first", "a", 1, "", primary="other"),
        row("ask second", "a", 4, "Tired.", primary="other"),
        row("ask elsewhere", "b", 1, "Hello.", primary="other"),
        row("ask alone", None, 1, "Fine.", primary="other"),
    )
    third = instrument.reader.contexts["ask third"]
    assert third.earlier == (("ask first", "Tired."), ("ask second", "Scared."))
    assert (third.exchange, third.said, third.learner_said) == (3, ("Tired.", "Scared."), ("ask first", "ask second"))
    assert instrument.reader.contexts["ask elsewhere"].learner_said == ()
    assert instrument.reader.contexts["ask alone"].exchange == 2


async def test_the_worst_disagreements_come_with_their_text_furthest_first(held):
    """Three apart before one apart; agreement is not listed."""
    done = await held(
        row("a 2", patient="Well.", ratings={"reflect": 1}),
        row("b 3", patient="Hm.", ratings={"reflect": 0}),
        row("c 1", ratings={"reflect": 1}),
    )
    (ratings,) = done.differences
    assert [each.learner for each in ratings.rows] == ["b 3", "a 2"]
    assert (ratings.rows[0].patient, ratings.rows[0].machine) == ("Hm.", "Giving back what you heard 3")


async def test_the_same_seed_gives_the_same_figures(held):
    """Intervals included; without resamples there are none."""
    rows = [row(f"{'ask' if n % 3 else 'tell'} {n}", f"d{n % 5}", n, primary="open_question") for n in range(20)]
    first, second = await held(*rows), await held(*rows)
    assert first == second
    bare = await held(*rows, resamples=0)
    assert (bare.primary.four.low, bare.primary.four.high) == (None, None)


async def test_what_is_saved_holds_figures_and_no_words_of_anybody(held, tmp_path):
    """The evaluator's folder may be published; the human-coded file may not."""
    rows = [row("ask a secret 3", patient="A private matter.", primary="advice", ratings={"reflect": 0})]
    done = await held(*rows, about="Our own ward round")
    text = save(done, tmp_path).read_text(encoding="utf-8")
    assert "secret" not in text
    assert "private" not in text
    saved = json.loads(text)
    assert saved["source"]["about"] == "Our own ward round"
    assert len(saved["source"]["digest"]) == 64
    assert saved["primary"]["confusion"]["advice"]["open_question"] == 1
    assert weak_codes(tmp_path) == frozenset(done.experimental) >= {"open_question", "advice_unasked"}


def test_an_evaluator_that_was_never_calibrated_has_no_weak_codes(tmp_path):
    """Nothing is known, so nothing is called weak; a broken file counts as none."""
    assert weak_codes(tmp_path) == frozenset()
    (tmp_path / "calibration.json").write_text("{", encoding="utf-8")
    assert weak_codes(tmp_path) == frozenset()
    (tmp_path / "calibration.json").write_text("[]", encoding="utf-8")
    assert weak_codes(tmp_path) == frozenset()


async def test_a_folder_that_cannot_be_written_is_said_in_words(held, tmp_path):
    """No traceback for the educator."""
    done = await held(row("ask a", primary="other"))
    with pytest.raises(ConfigurationError, match="Copy the evaluator"):
        save(done, tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("human", "says"),
    [
        ({"codes": ["open_qestion"]}, "Did you mean `open_question`"),
        ({"codes": "open_question"}, "neither a list nor an object"),
        ({"codes": {"open_question": 4}}, "`codes.open_question` is not 0, 1, 2 or 3"),
        ({"primary": "chat"}, "`primary` is `chat`"),
        ({"ratings": {"reflct": 2}}, "Did you mean `reflect`"),
        ({"ratings": {"reflect": 2.5}}, "`ratings.reflect` is not 0, 1, 2 or 3"),
        ({"ratings": {"reflect": True}}, "`ratings.reflect` is not 0, 1, 2 or 3"),
        ({"session_quality": "fair"}, "Known: high, low"),
        ({"dialogue": "d", "primary": "other"}, "`turn` is not a whole number"),
        ({"patient": 3, "primary": "other"}, "`patient` is not text"),
        ({"code": ["open_question"]}, "`code` is not a field"),
        ({"rating": {"reflect": 2}}, "Did you mean `ratings`"),
        ({"sesion_quality": "high"}, "Did you mean `session_quality`"),
        ({"learner": None, "primary": "other"}, "`learner` is not text"),
        ({"learner": "Gr\ufffd\ufffde", "primary": "other"}, "Save the file as UTF-8"),
    ],
)
def test_what_is_not_known_is_an_error_with_its_line(gold_file, codebook, rubric, human, says):
    """Path and line first, then what is wrong, then the choices."""
    path = gold_file({"learner": "Hello.", "codes": ["reflect_simple"]}, {"learner": "Hello.", **human})
    with pytest.raises(ContentError, match=r"gold\.jsonl:2 ") as caught:
        read_gold(path, codebook, rubric)
    assert says in str(caught.value)


def test_all_errors_of_a_gold_file_are_said_at_once(gold_file, codebook, rubric):
    """Two bad lines, two findings; a dialogue cannot be good and poor."""
    path = gold_file(
        {"learner": "a", "primary": "x"},
        {"learner": "b", "dialogue": "d", "turn": 1, "session_quality": "high"},
        {"learner": "c", "dialogue": "d", "turn": 2, "session_quality": "low"},
    )
    with pytest.raises(ContentError) as caught:
        read_gold(path, codebook, rubric)
    assert [finding.line for finding in caught.value.diagnostics] == [1, 3]


@pytest.mark.parametrize(
    "human", [{}, {"codes": []}, {"ratings": {"open": None}}, {"codes": {}}, {"ratings": {}, "primary": None}]
)
def test_a_file_from_which_no_figure_can_come_says_what_is_needed(gold_file, codebook, rubric, human):
    """Also an empty one; what is there and says nothing is no report."""
    for path in (gold_file({"learner": "Hello.", **human}), gold_file()):
        with pytest.raises(ContentError, match="session_quality"):
            read_gold(path, codebook, rubric)


def test_one_file_may_hold_ratings_for_two_rubrics(gold_file, codebook, rubric):
    """Those of the other are left out, counted and named; what no rubric has is still an error."""
    path = gold_file(
        {"learner": "a", "ratings": {"reflect": 2, "heard": 1, "choice": 3}},
        {"learner": "b", "ratings": {"heard": 0}, "codes": ["advice_unasked"]},
    )
    gold = read_gold(path, codebook, rubric, others={"heard", "choice", "reflect"})
    assert [row.ratings for row in gold.rows] == [{"reflect": 2}, None]
    assert gold.elsewhere == {"heard": 2, "choice": 1}
    with pytest.raises(ContentError, match="there is no behaviour called `choice`"):
        read_gold(path, codebook, rubric, others={"heard"})


def test_a_file_for_another_rubric_alone_is_an_error_that_says_so(gold_file, codebook, rubric):
    """Not a report without figures."""
    path = gold_file({"learner": "a", "ratings": {"heard": 1}})
    with pytest.raises(ContentError, match="of other rubrics: `heard`"):
        read_gold(path, codebook, rubric, others={"heard"})


def test_columns_of_one_s_own_are_passed_over(gold_file, codebook, rubric):
    """Data from elsewhere carries more than is asked for; only what may be a misspelt field is an error."""
    rows = [row("ask a", primary="other", codes=["open_question"], coder="M", topic="sleep", source=3)]
    assert read_gold(gold_file(*rows), codebook, rubric).rows[0].primary == "other"


def test_the_same_turn_of_a_dialogue_twice_is_an_error(gold_file, codebook, rubric):
    """Which of them was meant, nobody can say; rows that stand alone repeat nothing."""
    twice = [row("ask a", "d", 1, primary="other"), row("ask b", "d", 2), row("ask c", "d", 1)]
    alone = [row("ask a", primary="other"), row("ask a", primary="other")]
    assert len(read_gold(gold_file(*alone), codebook, rubric).rows) == 2
    for read in (lambda path: read_gold(path, codebook, rubric), read_dialogues):
        with pytest.raises(ContentError, match=r"gold\.jsonl:3 .*turn 1 of the dialogue `d` stands in line 1 already"):
            read(gold_file(*twice))


def test_latin_1_bytes_are_an_error_with_their_line(tmp_path, codebook, rubric):
    """Rather than rated with holes in the words."""
    path = tmp_path / "old.jsonl"
    good = json.dumps({"dialogue": "d", "turn": 1, "patient": "", "learner": "Hello."}).encode()
    bad = '{"dialogue": "d", "turn": 2, "patient": "Grüße", "learner": "Hello."}'.encode("latin-1")
    path.write_bytes(good + b"\n" + bad + b"\n")
    for read in (lambda path: read_gold(path, codebook, rubric), read_dialogues):
        with pytest.raises(ContentError, match=r"old\.jsonl:2 .*cannot be read"):
            read(path)


def test_a_file_that_is_none_is_said_in_words(tmp_path, codebook, rubric):
    """No name of an exception reaches a clinician."""
    (tmp_path / "plain.jsonl.gz").write_text('{"learner": "Hello."}\n', encoding="utf-8")
    for name, says in (
        ("nowhere.jsonl", "there is no such file"),
        (".", "this is a folder"),
        ("plain.jsonl.gz", "called .gz and is not zipped"),
    ):
        for read in (lambda path: read_gold(path, codebook, rubric), read_dialogues):
            with pytest.raises(ContentError, match=says) as caught:
                read(tmp_path / name)
            assert "Error" not in str(caught.value)


def test_dialogues_to_rate_need_rows(gold_file):
    """An empty file is an error, not an empty answer."""
    with pytest.raises(ContentError, match="no rows"):
        read_dialogues(gold_file())


async def test_the_page_stands_alone_and_runs_nothing(held):
    """What people said is text, never markup; nothing is fetched."""
    done = await held(
        row("ask <script>alert(1)</script> 3", "<b>d</b>", 1, "<img src=x>", primary="advice", session_quality="low",
            codes=["open_question"], ratings={"reflect": 0}),
        row("ask 2", "e", 1, "Hm.", primary="open_question", session_quality="high"),
        about="Ward <i>round</i>",
    )  # fmt: skip
    html = page(done)
    assert "<script" not in html
    assert "<img" not in html
    assert "<i>" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "://" not in html
    assert "url(" not in html
    for shown in ("Rubric version", "Codebook version", "Engine version", "experimental", "prefers-color-scheme: dark"):
        assert shown in html


def test_a_bar_shows_its_interval_and_stays_within_its_rail():
    """Below nothing is nothing."""
    from simpatient.evaluation.calibration import Interval

    drawn = bar(Interval(value=-0.2, low=-0.5, high=0.3))
    assert 'class="fill" width="0.0"' in drawn
    assert "M0.0 5H30.0" in drawn
    assert "whisker" not in bar(Interval(value=None, low=None, high=None))
