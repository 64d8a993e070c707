"""Agreement statistics against values worked by hand or printed in their sources."""

import pytest

from simpatient.evaluation.calibration import (
    Disagreement,
    agreement_by_code,
    auc,
    bootstrap,
    cohen_kappa,
    confusion,
    icc_2_1,
    percentile,
    weighted_kappa,
    worst_disagreements,
)


def test_f1_counts_rows_that_carry_several_codes():
    """Two of three human cases found, one false alarm: precision and recall two thirds."""
    human = [frozenset("ab"), frozenset("a"), frozenset("a"), frozenset()]
    machine = [frozenset("a"), frozenset("a"), frozenset("b"), frozenset("a")]
    by_code = {found.code: found for found in agreement_by_code(human, machine)}
    assert by_code["a"].f1 == pytest.approx(2 / 3)
    assert (by_code["a"].support, by_code["a"].found) == (3, 3)
    assert by_code["b"].f1 == 0.0
    assert by_code["a"].experimental


def test_a_code_nobody_saw_has_no_f1():
    """Nothing to agree on is no zero."""
    assert agreement_by_code([frozenset("a")], [frozenset("a")], codes=["z"])[0].f1 is None


def test_kappa_takes_chance_off():
    """Fifty rows, 35 agreed, chance one half: kappa 0.4."""
    human = ["y"] * 25 + ["n"] * 25
    machine = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    assert cohen_kappa(human, machine) == pytest.approx(0.4)


def test_kappa_is_undefined_when_everything_is_one_label():
    """Chance already agrees fully."""
    assert cohen_kappa(["y", "y"], ["y", "y"]) is None
    assert cohen_kappa([], []) is None


def test_near_misses_cost_less_in_weighted_kappa():
    """By hand: mean square seen 1/4, by chance 32/16, so 1 - 1/8; opposite ends agree worse than chance."""
    assert weighted_kappa([0, 1, 2, 3], [0, 1, 2, 2]) == pytest.approx(0.875)
    assert weighted_kappa([0, 3], [0, 3]) == pytest.approx(1.0)
    assert weighted_kappa([0, 3], [3, 0]) == pytest.approx(-1.0)
    assert weighted_kappa([2, 2], [2, 2]) is None


def test_icc_gives_the_value_of_the_classic_example():
    """Six subjects, four judges of Shrout and Fleiss 1979: ICC(2,1) is .29."""
    ratings = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    assert icc_2_1(ratings) == pytest.approx(0.29, abs=0.005)


def test_icc_needs_two_subjects_and_equal_rows():
    """Less is no agreement at all."""
    assert icc_2_1([[1, 2]]) is None
    assert icc_2_1([[1, 1], [1, 1]]) is None
    with pytest.raises(ValueError, match="every rater"):
        icc_2_1([[1, 2], [1]])


def test_auc_counts_ties_half():
    """Three good, two poor: 4.5 of 6 comparisons won."""
    assert auc([3, 2, 1], [1, 0.5]) == pytest.approx((2 + 2 + 1.5) / 6)
    assert auc([], [1]) is None


def test_the_bootstrap_draws_whole_dialogues_and_repeats_itself():
    """The interval holds the value, the same seed gives the same interval, one dialogue gives none."""
    rows = [(dialogue, float(dialogue)) for dialogue in range(10) for _ in range(5)]

    def mean(drawn):
        return sum(value for _, value in drawn) / len(drawn)

    first = bootstrap(rows, lambda row: row[0], mean, times=200, seed=7)
    assert first == bootstrap(rows, lambda row: row[0], mean, times=200, seed=7)
    assert first.value == pytest.approx(4.5)
    assert 2.0 < first.low < 4.5 < first.high < 7.0
    assert bootstrap(rows[:5], lambda row: row[0], mean).low is None


def test_turns_of_one_dialogue_do_not_count_as_many():
    """An interval over dialogues is wider than one over single turns."""
    rows = [(n, d, float(d)) for n, d in enumerate(d for d in range(6) for _ in range(20))]

    def mean(drawn):
        return sum(value for _, _, value in drawn) / len(drawn)

    by_dialogue = bootstrap(rows, lambda row: row[1], mean, times=300)
    by_turn = bootstrap(rows, lambda row: row[0], mean, times=300)
    assert by_dialogue.high - by_dialogue.low > 2 * (by_turn.high - by_turn.low)


def test_percentiles_lie_between_neighbours():
    """A quarter of the way from 0 to 10 in three steps."""
    assert percentile([0, 4, 10], 0.25) == pytest.approx(2.0)
    assert percentile([], 0.5) is None


def test_the_confusion_table_has_all_labels_both_ways():
    """Rows are human, columns the evaluator."""
    table = confusion(["a", "a", "b"], ["a", "c", "b"])
    assert table["a"] == {"a": 1, "b": 0, "c": 1}
    assert table["c"] == {"a": 0, "b": 0, "c": 0}


def test_the_worst_disagreements_come_first_and_no_dialogue_fills_the_page():
    """At most two of a kind per dialogue; agreement is not listed."""
    rows = [
        Disagreement(id=str(n), dialogue="d", patient="", learner="", human="a", machine="b", distance=float(n))
        for n in range(5)
    ]
    rows.append(Disagreement(id="x", dialogue="e", patient="", learner="", human="a", machine="a", distance=9.0))
    assert [row.id for row in worst_disagreements(rows)] == ["4", "3"]
