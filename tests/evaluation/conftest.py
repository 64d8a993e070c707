"""Small hand-made appraisals: rating is tested without any reader."""

import pytest

from simpatient.authoring import Library
from simpatient.evaluation import RatedExchange, RuleEvaluator
from simpatient.rubric import load_codebook, load_rubric
from simpatient.words import Appraisal, CodedSpan, Context, Opportunity, PatientTurn, Tag


@pytest.fixture(scope="session")
def codebook():
    return load_codebook(Library.choose())


@pytest.fixture(scope="session")
def rubric(codebook):
    return load_rubric(Library.choose(), "rapport", codebook)


@pytest.fixture(scope="session")
def evaluator(rubric, codebook):
    return RuleEvaluator(rubric, codebook)


@pytest.fixture(scope="session")
def turn():
    """A patient turn; tags as `cue="the words"` or `(Tag, words, feeling)`."""

    def make(text, *tags):
        made = []
        for tag in tags:
            name, quote, feeling = (tag, text, "") if isinstance(tag, Tag) else (*tag, "")[:3]
            made.append(Opportunity(tag=name, quote=quote, feeling=feeling))
        return PatientTurn(text=text, opportunities=tuple(made))

    return make


@pytest.fixture(scope="session")
def read():
    """An appraisal from (code, level, quote) triples."""

    def make(*spans, off_task=()):
        codes = tuple(CodedSpan(code=code, level=level, quote=quote) for code, level, quote in spans)
        return Appraisal(by="script", codes=codes, off_task=off_task)

    return make


@pytest.fixture(scope="session")
def context(turn):
    def make(text, *tags, exchange=4, **more):
        return Context(turn=turn(text, *tags), exchange=exchange, **more)

    return make


@pytest.fixture(scope="session")
def rated(evaluator):
    """One rated exchange: the message, the context it answers, its appraisal."""

    def make(message, context, appraisal, reply_words=20):
        return RatedExchange(
            number=context.exchange,
            message=message,
            answers=context.turn,
            appraisal=appraisal,
            assessment=evaluator.assess(message, context, appraisal),
            reply_words=reply_words,
        )

    return make


@pytest.fixture(scope="session")
def value():
    """The rating of one behaviour in an assessment."""

    def find(assessment, behaviour):
        return next(rating for rating in assessment.ratings if rating.behaviour == behaviour)

    return find
