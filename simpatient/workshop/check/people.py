"""Safeguards against stereotype (clinical section 4.2): a reason in the story, strengths, words one would use of a friend."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simpatient.errors import Diagnostic
from simpatient.patient.sentences import twins
from simpatient.workshop.check.manuscript import PERSONA, Manuscript

GROUPS = ("soothers", "weak_soothers", "triggers", "weak_triggers")
LEAST_WORDS = 4
_KINDS = (
    r"wom[ae]n|m[ae]n|girls?|boys?|ladies|lady|males?|females?|mothers?|fathers?|elderly|old(?:er)?|pensioners?|teenagers?|"
    r"(?:the )?young|black|white|asians?|indians?|pakistanis?|chinese|africans?|caribbeans?|poles?|polish|irish|"
    r"italians?|arabs?|gyps(?:y|ies)|travellers?|hispanics?|latin[oa]s?|muslims?|jew(?:s|ish)?|christians?|hindus?|catholics?|"
    r"gays?|lesbians?|trans|queer|non-binary|working[- ]class|middle[- ]class|lower[- ]class|upper[- ]class|poor|uneducated|"
    r"immigrants?|migrants?|refugees?|foreign(?:ers?)?|disabled|autistics?|diabetics?|schizophrenics?|borderlines?|bipolar|"
    r"depressives?|alcoholics?|addicts?|anorexics?|obese|northern(?:ers?)?|southern(?:ers?)?"
)
"""Words for what somebody is, by sex, age, origin, faith, class or diagnosis."""
_ROLES = r"culture|generation|class|race|ethnicity|gender|sex|age|background|religion|faith|diagnosis|nationality"
IS_ALL = re.compile(
    rf"(?i)\b(?:he|she|they)(?:'s| is|'re| are) (?:just |only |after all |simply )?(?:an? )?(?:\w+ )?(?:{_KINDS})\b(?! (?:who|of|that|friend|son|daughter|name)\b)"
    rf"|\b(?:as|being|like|typical(?:ly)? (?:for|of)) (?:an? |any |most |all |every )?(?:typical )?(?:{_KINDS})\b"
    rf"|\b(?:in|of|for|with|from|at) (?:his|her|their) (?:{_ROLES})\b"
)
"""An identity given as if it were a reason."""
GENERAL = re.compile(
    rf"(?i)\b(?:all |most |many |such |these )?(?:{_KINDS})(?: people| folk| patients| persons)? (?:are|tend to|don't|do not|can't|cannot|always|never|usually|often) \w+"
    rf"|\b(?:{_KINDS}) like (?:him|her|them)\b|\b(?:an?|the|your) typical (?:\w+ )?(?:{_KINDS})\b"
    rf"|\b(?:typical|usual|normal|common|natural) (?:for|of|in|among) (?:an? |her |his |their |the )?(?:\w+ )?(?:{_KINDS}|{_ROLES})\b"
    rf"|\bpeople (?:like|from|of) (?:her|his|their|that) (?:kind|sort|{_ROLES})\b"
)
"""A sentence about a kind of people instead of this one."""
_REPORTED = re.compile(
    r"""(?i)(?:^|[\s(:])["'\u201c\u2018]\w|\b(?:said|says|called|thought|taught|used to say|believes?|told (?:him|her|them|me|everyone|everybody))\b"""
)
"""What the author reports as somebody else's words."""
LABELS = re.compile(
    r"(?i)\b(?:an? |the )(?:alcoholic|addict|junkie|diabetic|epileptic|schizophrenic|asthmatic|depressive|anorexic|borderline|psychotic|bipolar|autistic|"
    r"spastic|cripple|retard|elderly|disabled|mentally ill|frequent flyer|heartsink)\b(?! (?:\w+ )?(?:ward|unit|clinic|nurse|home|man|woman|person|patient|"
    r"people|relative|mother|father|neighbour|episode|foot|diet))"
    r"|\b(?:wheelchair[- ]bound|confined to a wheelchair|suffers? from|suffering from|a victim of (?:a )?(?:stroke|cancer|dementia)|"
    r"non-?complian(?:t|ce)|non-?adheren(?:t|ce)|attention[- ]seeking|manipulative|drug[- ]seeking|difficult patient|poor historian|bed[- ]blocker)\b"
)
"""Words that make a condition or a nuisance of a person."""
_SPELT = re.compile(
    r"(?<!\w)(?:'ello|'e's?|'im|'er|'ere|'ome|'ouse|'ospital|wiv|wivout|dat|dis|dem|dey|nuffin[k']?|sumfin[k']?|fink|"
    r"dinnae|cannae|didnae|wasnae|willnae|doon|oot|aboot|hoose|heid|ze|zis|zat|velly|solly|ees|eet)(?!\w)"
    r"|(?<=\w\win)'(?!\w)"
)
"""Accent put into spelling; read in lower case."""
_QUOTE = re.compile(r"(?<!\w)'[^']{2,}?'(?!\w)")


def people(manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Traits without a reason of this person's own, missing strengths, and words that shrink a person."""
    yield from _reasons(manuscript)
    yield from _strengths(manuscript)
    yield from _wording(manuscript)


def _reasons(manuscript: Manuscript) -> Iterator[Diagnostic]:
    persona = manuscript.persona
    given = [
        ((group, code, "because"), code, factor.because)
        for group in GROUPS
        for code, factor in getattr(persona, group).items()
    ]
    given += [
        (("mind", "beliefs", index, "because"), belief.text, belief.because)
        for index, belief in enumerate(persona.mind.beliefs)
    ]
    seen: dict[str, str] = {}
    for at, what, because in given:
        plain = because.strip().lower()
        if len(because.split()) < LEAST_WORDS or twins(because, what):
            yield manuscript.finding(PERSONA, at, "SP140", "none", what=what)
        elif plain in seen:
            yield manuscript.finding(PERSONA, at, "SP140", "same", what=what, other=seen[plain])
        elif (identity := IS_ALL.search(because) or GENERAL.search(because)) and not _REPORTED.search(because):
            yield manuscript.finding(PERSONA, at, "SP141", what=what, identity=identity[0])
        seen.setdefault(plain, what)


def _strengths(manuscript: Manuscript) -> Iterator[Diagnostic]:
    strengths = manuscript.persona.story.strengths
    if sum(not strength.needs for strength in strengths) < 2:
        yield manuscript.finding(PERSONA, ("story", "strengths"), "SP143", "hidden")
    for index, strength in enumerate(strengths):
        if any(twins(strength.text, other.text) for other in strengths[:index]):
            yield manuscript.finding(PERSONA, ("story", "strengths", index), "SP143", "same")
        elif len(strength.text.split()) < 2 or re.match(
            r"(?i)(?:none|nothing|no strengths?|has no|few)\b", strength.text
        ):
            yield manuscript.finding(PERSONA, ("story", "strengths", index), "SP143", "none")


def _spelt(text: str) -> str | None:
    """The first word whose spelling imitates an accent, outside of quotes."""
    if _SPELT.search(text.lower()) is None:
        return None
    plain = _QUOTE.sub("", text)
    found = _SPELT.search(plain.lower())
    return None if found is None else plain[: found.end()].split()[-1].strip(',.;:!?-\u2014"')


def _wording(manuscript: Manuscript) -> Iterator[Diagnostic]:
    for passage in manuscript.passages:
        if passage.spoken:
            spelt = _spelt(passage.text)
            if spelt is not None and passage.at[-1] != "nonverbal":
                yield manuscript.finding(passage.file, passage.at, "SP144", word=spelt)
        elif passage.at[-1] != "because" and "contested" not in passage.at and passage.at[:1] != ("safety",):
            label = LABELS.search(passage.text)
            if label is not None and not _REPORTED.search(passage.text):
                yield manuscript.finding(passage.file, passage.at, "SP145", word=label[0])
            general = GENERAL.search(passage.text)
            if general is not None and not _REPORTED.search(passage.text):
                yield manuscript.finding(passage.file, passage.at, "SP142", words=general[0])
