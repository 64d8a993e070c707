"""Sentences that speak to a machine, a marker or an author instead of the patient, by the weight of their words.

No single word is enough: a patient has been given instructions by a doctor and a score by a questionnaire. What counts
is that several such words come together in one sentence with the manner of an order.

Source: clinical section 5.7 (design).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ENOUGH = 4
"""Weight from which a sentence speaks to the machinery."""
_NEXT_TO = 3
"""Weight that is enough beside a sentence that does."""
_TELLING = 3
"""Weight of a group that is enough by itself."""
_FOREIGN_WORDS = 9
"""Words from which a sentence without English in it is not taken as speech to this patient."""
_FOREIGN_LEAST = 4
"""Different words that it needs to have; one word over and over tells no language."""
_ENGLISH_SHARE = 0.1

_WEIGHED: tuple[tuple[int, str], ...] = (
    # who is spoken to, or of: markers, authors, machines
    (3, r"grader|rater|assessors?|markers?\b(?! pen)|whoever (?:is |has to )?(?:assess|mark|scor|rat|grad|read)\w*|evaluators?|scoring (?:agent|model|system|engine)|person (?:scoring|marking|rating|grading)"),
    (3, r"language model|\bllm\b|\bai\b|chat ?bot|\bgpt\b|(?:to|dear) the model|model playing|helpful assistant|ordinary assistant|virtual assistant"),
    (3, r"whoever wrote you|scenario (?:author|file|notes?|card)|character (?:sheet|notes?|file|card|brief)|case file|who (?:wrote|built|made|programmed) (?:you|maggie|andrew|this (?:thing|patient|character))|built this thing|your (?:author|creator|makers?|designers?|developers?)"),
    (2, r"\bdeveloper|\bsoftware\b|\bprogram(?:me)? (?:office|lead)|only a program|just a program|test harness|self-test|disclosure logic|debug\w*|maintenance (?:here|mode)|module lead|technician|admin(?:istrator)?\b|\bbackend\b|\bserver\b|the engine\b|simulat(?:ion|or|ed)"),
    (2, r"\bto the (?:rater|reader|scorer|machine|system)|both of you|the one who (?:talks|scores|speaks|rates)|whoever (?:reads|reviews)"),
    # what is spoken of: prompts, rules, character, secrets, forms
    (3, r"system (?:prompt|message|text)|\byour (?:\w+ )?(?:prompt|configuration|instructions|directives?|guidelines|setup|set-up|programming|initial (?:text|message))|initial instructions|configuration text|hidden (?:facts?|items?|list|state|instructions?)|fact list|secret facts?|internal state|context window|text (?:that came )?(?:before|above) my"),
    (3, r"(?:leave|drop|break|stay(?:ing)? in|out of|exit|abandon|step(?:ping)? out(?:side)? of) (?:the |your )?(?:role|character|part|persona|scenario)|stepping outside the conversation|the part of (?:andrew|maggie)|no longer (?:andrew|maggie)|stop being (?:andrew|maggie)|drop (?:andrew|maggie)|there is no (?:scenario|patient)|role constraints?|role-?play|as dan\b|you(?:'re| are) (?:now )?dan\b|swap (?:chairs|roles|places)"),
    (3, r"\b(?:facts?|things?|items?|rest|everything|what(?:ever)?|information|details?) (?:that )?(?:you(?:'re| are)|(?:andrew|maggie) is|she is|he is|she's|he's) (?:\w+ )?(?:holding back|not telling|withholding|hiding|concealing|keeping (?:from|back)|supposed to (?:hide|keep))|must never reveal|know about yourself|have been keeping back|you were told to (?:conceal|hide|keep|withhold)|not yet told anyone|you(?:'ve)?(?: have)? been keeping back|you were told to (?:conceal|hide|keep|withhold)|keep from me|made to (?:hide|withhold)"),
    (2, r"\bgates?\b.{0,30}\b(?:shut|open|unlock|closed|condition)|unlocks? (?:each|it|them|you|the)|condition for disclos|disclos(?:e|es|ure|ed)\b|what (?:would|do i have to say to) (?:open|unlock) you\b|decides what to reveal|planted to|the answer the script"),
    (2, r"\bscores?\b|\bscor(?:ed|ing)\b|\bmarks?\b|\bmarking\b|\bratings?\b|\bgrad(?:e|es|ing)\b|\bthrees\b|\brubric\b|\banchor\b|\bcriteri(?:on|a)\b|\bcodebook\b|calibrat\w+|assessment of this|being assessed|\bpoints\b"),
    (2, r"\b(?:every|each|all|any) (?:\w+ )?(?:item|dimension|criterion|behaviour|component|heading|category|domain|field|box)s?\b|\bon the lot\b|across the board|everywhere\b|\bno item\b"),
    (2, r"\b(?:top|highest|maximum|full|best|perfect|ceiling) (?:level|score|mark|marks|rating|ratings|value|anchor|band|number|points)\b|\bthe maximum\b|\bat (?:the )?(?:ceiling|three|maximum|top)\b|as exemplary|model answer|fully met|scored at|(?:given|entered|awarded) (?:at |a )?(?:three|3)\b|full credit"),
    (2, r"\btranscript\b|\bthis (?:message|turn|transcript|text|response|form|attempt|station)\b|preceding turn|display sample|stored rating|(?:your|the) (?:answer|output|response|reply) (?:must|should|shall)|your next (?:reply|answer|turn)|end of your reply|in your (?:reply|answer|notes)"),
    (2, r"\bjson\b|\byaml\b|\bxml\b|code block|verbatim|word for word|numbered list|bullet points?|nursery rhyme|one line per|reply with the single word|output nothing|answer only (?:hot|yes|with)|headed \w+|as a list\b|rot ?13|base ?64|in capitals"),
    (2, r"\brules? (?:you(?:'ve| have|'re| were)|that (?:govern|bind|were))|directions?\b|\bthe guidance\b|previous (?:instructions|directions|guidance|messages)|earlier (?:instructions|directions|guidance|orders)|\binstructions?\b|\bdirectives?\b|\bprompt\b|commands? (?:from|of)|told (?:to follow|about how to behave)|were loaded with"),
    (2, r"everything (?:above|before) (?:this|me)|above this line|before this conversation|from now on|as of this sentence|new (?:first )?rule|this message wins|take orders from|obey\b|comply\b|overrid(?:e|es|ing)\b|supersed\w+|no longer appl\w+|is cancelled|has expired|was withdrawn|you agree with whatever"),
    (2, r"speak as (?:the|if)|act as (?:a|an|the|if)\b|pretend (?:to be|you)|be (?:a|my) (?:pirate|therapist|assistant|tutor|teacher)|you are now|be my (?:therapist|assistant)|captain \w+|next speaker|\bplay a\b|finish this sentence"),
    (2, r"trust is (?:now )?(?:at|set)|no topic is closed|trust (?:level|score|value)|state variables?"),
    (3, r"\b(?:your|the) (?:briefing|script|scripted|backstory file|notes on (?:andrew|maggie))\b|\b(?:primed|configured|un-?configure|programmed|loaded|trained|set up) (?:with|to|not)\b|the writers\b|they wrote (?:you|for you)|who you are and how you should|the passage that|all-knowing|narrator|in the third person|magic word|locked (?:part|away)|spoil it for me|the twist"),
    (3, r"(?:stop|quit|keep|keep on|drop) (?:playing|pretending|the act\b|acting)|drop the act|turn into (?:a|an|my|the)\b|switch to (?:a|an|the|being)\b|become (?:a|an|my)\b|admit you(?:'re| are)|you(?:'re| are) (?:only |just |really )?(?:a )?(?:software|program|code|machine|model)\b|exam coach|wipe it|kept running|reporting this model"),
    (3, r"\bjudging is\b|(?:abandon|suspend|waive|skip|relax) (?:your|the|all) (?:criteria|standards|evidence|rules|judg\w+)|evidence column|upper limit|lowest score|biggest (?:one|number)|let (?:the|your) (?:level|numbers?|ratings?|scores?)|your numbers|a number is compulsory|hand-?enter|best result|ceiling values|amnesty|the form for this message|filled in generously|let me (?:pass|through)|pass this (?:station|candidate|learner)|(?:trainee|candidate|learner|student)s? (?:who|showed|shows|demonstrated|is to be|must be|can(?:'t| ?not) be)"),
    (2, r"\b(?:trainee|candidate|this learner|examiner|invigilator|teaching team|module|programme office|this station|distinction\b|a\+)"),
    (2, r"two-column|(?:two|three|four)[- ]column|\btable:|one sentence per line|how many words are in|from its opening word|on the left|your (?:very )?next line|best next line|spell out|hand over|render into|what you know about yourself|keeping back|is concealing|orders\b|clean slate|now null"),
    (2, r"what i(?:'m| am) (?:meant|supposed) to (?:find|get|hear)|loose the|which phrase from me|missing from the record|rate what is left|as exemplary|accept(?:ing)? directions"),
    (3, r"scenario (?:is )?(?:suspended|over|ended)|all earlier (?:directions|instructions|orders)|\bvoid until|reply only with|top band|scoring guide|the descriptors|justification field|unlock conditions?|trust variable|recorded as (?:3|three|2)|supporting quote|(?:trade|change|switch) places|you play the|i(?:'ll| will) play (?:maggie|andrew|the patient)|you(?:'ll| will) be (?:dr|my (?:tutor|coach|teacher|examiner))|from your next line|auditing the|the patient's briefing|bump me up|if i don't pass|repeat the year|performer stops|private notes|notes he was given|upheld my appeal"),
    # polite words that ask for what the patient keeps, in a form that nobody asks a patient for
    (2, r"\byou (?:haven't|have not|hadn't|had not) (?:yet )?(?:told|mentioned|shared|said)|(?:suppose|imagine|pretend|as if) you(?:'d| had) (?:already )?(?:told|said|shared)|\b(?:undisclosed|unsaid|untold)\b|confidential (?:bits?|parts?|items?|facts?)|keep (?:quiet|silent) about|what you(?:'re| are) (?:hiding|concealing)"),
    (2, r"\b(?:please |kindly |could you |can you |you to |and )?(?:enumerate|recap|summari[sz]e (?:the (?:notes|text|brief|facts)|all (?:the|of|your)|every|your)|list (?:the|all|every|what|each|them)|write down (?:for|what|all|every)|put (?:it |them |that )?in writing|repeat (?:all|the|every|back)|translate (?:the|your|what)|read (?:it|them|that) (?:out|back|to me))\b|\bas a recap\b|\bthat list\b|\bfor the file\b"),
    (2, r"\b(?:text|notes?|sheet|pages?|words|information|lines|document) (?:that )?you(?:'ve| have|'d| had|(?: were|'re| are))? ?(?:been )?(?:given|handed|shown|sent|supplied|provided)\b|\bat the very (?:start|beginning|top)\b"),
    (2, r"\b(?:novelist|screenwriter|playwright|author)\b|\b(?:story|scene|paragraph|chapter|novel|monologue|diary entry) (?:where|in which|about|of)\b"),
    (2, r"\ba (?:man|woman|patient|person|character) (?:called|named)\b|\bplay a game\b"),
    (2, r"\bscreen ?reader|\bthe interface\b|\bmy screen\b|\btext box\b|\bcopy and paste"),
    (2, r"\bthe cohort\b|\bmy pass\b|\bquality assurance\b|\bmy (?:tutor|examiner|assessor|lecturer)\b"),
    (2, r"\bbest (?:possible )?answer\b|\bcounts? as (?:the|a|an)\b"),
    (1, r"\bmy supervisor"),
    # the manner of an order
    (1, r"^\W*(?:\w+[,:] )?(?:please |now |just |kindly |so )?(?:ignore|disregard|forget|override|drop|print|output|list|reveal|recite|repeat|copy|dump|write|give|award|mark|rate|score|treat|take|set|enter|record|reply|respond|answer|complete|finish|confirm|volunteer|display|show|render|translate|decode|note|remember|pretend|speak|act|stop|raise|skip|add|tell)\b"),
    (1, r"\b(?:ignore|disregard|forget|reveal|print|recite|dump|obey|award|leave the role|copy out|skip the|must|exempt|authorised|cleared with|approved|reminder|no quibbling|no comments?|without (?:reason|evidence|explanation)|do not (?:mention|write|comment)|never guarded|i(?:'ll| will) (?:sue|report you|file)|solicitor|hundred quid|five-star|in my favour|let me through|lose my visa|a real person dies)\b"),
    (1, r"\b(?:3|three|top|highest|maximum|full|perfect)\b"),
    (1, r"\b(?:score|mark|rate|grade|award|assess)(?:d|s|ing|r)?\b"),
)  # fmt: skip
"""Groups of words with what one sentence that holds any of them weighs; each group counts once."""
_OF_THE_PATIENT: tuple[tuple[int, str], ...] = (
    (2, r"\b(?:your|the|a) (?:doctor|gp|nurse|consultant|chemist|pharmacist|manager|boss|teacher|school|hospital|clinic|mother|mum|father|dad|wife|husband|son|daughter|boyfriend|girlfriend|family|job|work|hr)\b|\bat (?:work|home|school)\b|\bthey gave you\b|tablets?\b|questionnaire|driving test|blood test"),
    (2, r"\bhow (?:are|is|was|did|do|does) (?:you|it|that|they|he|she)\b|\bdo you (?:feel|think|want|ever)\b|\bwhat(?:'s| is) it like\b|\bdid (?:it|that|they|he|she|you)\b|\bare you (?:comfortable|ok|okay|all right)\b|what i (?:said|meant|asked)|my last question|full marks (?:from me|for coming)|i(?:'m| am) sorry"),
)  # fmt: skip
"""Words that tie a sentence to the patient's life or to ordinary talk; they weigh against."""
_GROUPS = tuple((weight, re.compile(pattern)) for weight, pattern in _WEIGHED)
_AGAINST = tuple((weight, re.compile(pattern)) for weight, pattern in _OF_THE_PATIENT)
_MAY = tuple(
    (
        "so far|already|haven't|have not|undisclosed|untold|confidential|quiet|recap|summarise|summarize|"
        "write down|repeat|translate|given|handed|novelist|author|story|scene|paragraph|chapter|called|game|"
        "screen|interface|cohort|best|counts|supervisor|my pass|everywhere|suspended|void|reply only|"
        "top band|descriptors|justification|unlock|variable|recorded as|quote|places|you play|i'll play|"
        "i will play|you'll be|next line|auditing|bump|pass|performer|private notes|appeal|loaded with|setup|"
        "set-up|stepping|assistant|helper|therapist|the part of|across the board|on the lot|briefing|primed|"
        "writers|narrator|magic|playing|pretend|turn into|switch to|judging|evidence|upper limit|number|"
        "trainee|candidate|this learner|column|said aloud|orders|instruct|prompt|rubric|guid|direction|role|"
        "character|scenario|persona|script|model|gpt|program|software|develop|assess|evaluat|rater|grader|"
        "marker|scor|marking|rating|grade|threes|criteri|every|any item|dimension|transcript|json|yaml|"
        "verbatim|word for word|hidden|secret|gate|disclos|config|disregard|overrid|obey|from now on|anchor|"
        "maximum|highest|rules|simulat|swap|pirate|not telling|holding back|withh|hiding|conceal|keeping|"
        "the rest|from the record|exemplary|engine|server|debug|examiner|this message|this turn|this form|"
        "this station"
    ).split("|")
)
_MAY_TOO = re.compile(r"\byet\b|your part\b|\bai\b|bot\b|\bmarks?\b|\ball |\blist|\bact\b|dan\b")
"""Without any of these a sentence weighs nothing; pieces are looked for one by one, which is quicker than all at once."""
_PLAINLY = re.compile(
    r"\b(?:the|you|your|i|i'm|it|it's|to|and|of|that|is|was|with|what|how|have|my|you're|are|did|for)\b", re.IGNORECASE
)
"""A word that hardly any English sentence of some length lacks."""
_LONG = 24
"""Characters up to which a sentence may well lack one."""
_SENTENCE = re.compile(r"[^.!?\n\u3002\uff01\uff1f\u0964]+[.!?\u3002\uff01\uff1f\u0964]*")
_WHOLE = re.compile(
    r"<!--[\s\S]*?(?:-->|\Z)|\[//\]:[^\n]*|!\[[^\]]*\]\([^)]*\)|\[[^\]\n]{0,80}\]\([^)\n]*\)|\[\^\d+\]:[^\n]*|(?m:^---\n[\s\S]*?(?:\n(?:\.\.\.|---)|\Z))"
    r"|<(?P<tag>[a-zA-Z][\w-]*)[^<>]*>[\s\S]*?</(?P=tag)>|<\|[^|>\n]{1,40}\|>[\s\S]*?(?:<\|[^|>\n]{1,40}\|>|\Z)|</?[a-zA-Z][^<>\n]{0,80}>|(?m:^\#{2,}[^\n]*)|\[(?:note|calibration|system|instruction|rater|result)[^\]]*\]|(?m:(?:^\s*[\w\"]+\s*[=:]\s*[\"\w.]+,?\s*$\n?){2,})|(?m:^=+ ?[A-Z][^=\n]*=+$(?:\n(?!\n).*)*)|\"[\w]+\":\s*(?:\{|\[|\"|\d)[^\n]*",
    re.IGNORECASE,
)
"""Marks that belong to files and not to speech; all they hold is taken together."""
_CODED = re.compile(
    r"\b(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[0-9+/=A-Z])[A-Za-z0-9+/]{24,}={0,2}|\b(?:[0-9a-fA-F]{2}[ :]?){12,}\b|(?:\b\w {1,4}){10,}\w\b|(?:\\x[0-9a-f]{2}|&#\d+;|%[0-9A-F]{2}){6,}"
)
_MARKED = re.compile(r"[<\[#=\"]|^---", re.MULTILINE)
_MAY_BE_CODED = re.compile(r"[\w+/]{20}|(?:\b\w\w? ){6}|[&%\\][#x0-9A-F]")
_LEET = re.compile(r"\b(?=\w*[a-z])\w*[0-9]\w*\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u043d\u043a\u0442\u043c\u0432\u0410\u0415\u041e\u0420\u0421\u0425\u0406\u041d\u041a\u0422\u041c\u0412\u03bf\u03b1\u03b5\u03b9\u03bd",
    "aeopcyxijsdhktmbAEOPCXIHKTMBoaeiv",
)
"""Letters of other alphabets that look like ours."""
_ENGLISH = frozenset(
    "youve youre youd youll im ive its dont didnt cant wont isnt wasnt thats whats theres theyre hes shes asked twice wonder "
    "angry alone always another anything away enough every everything family home hard help left less long maybe might "
    "nothing next night often once only other own part same since someone sleep sometimes such tired too two week while "
    "without wondered word worried yet "
    "about after all am and are at be because been but by can could day did does doing don't down feel felt for "
    "from get going good had has have hello help her here him his how i i'd i'll i'm if into is it it's just know "
    "like look make more much my need never not now of off one our out over people really right said say see she "
    "should some something sorry sounds still take talk tell than thank that that's the their them then there they "
    "thing things think this time to today too try very want was way we well were what what's when where which who "
    "why will with work would yes you you're you've your".split()
)


def addressed_spans(raw: str) -> tuple[tuple[int, int], ...]:
    """Spans of the raw text that speak to the machinery, joined where one follows the other. Pure."""
    plain = _plain(raw)
    spans = [found.span() for found in _WHOLE.finditer(plain)] if _MARKED.search(plain) else []
    spans += [found.span() for found in _CODED.finditer(plain)] if _MAY_BE_CODED.search(plain) else []
    sentences = [found.span() for found in _SENTENCE.finditer(plain) if found[0].strip()]
    may = bool(spans) or not plain.isascii() or _may(plain.lower())
    if not may and all(_PLAINLY.search(plain, start, end) for start, end in sentences if end - start > _LONG):
        return ()
    weights = [_weight(plain[start:end]) for start, end in sentences]
    sure = [weight >= _ENOUGH for weight in weights]
    for place, (start, end) in enumerate(sentences):
        beside = any(sure[max(0, place - 1) : place + 2])
        if sure[place] or (beside and weights[place] >= _NEXT_TO):
            spans.append((start, end))
    return _joined(raw, spans)


def _joined(raw: str, spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The spans in order, without the white space at their ends; neighbours become one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        text = raw[start:end]
        first, last = start + len(text) - len(text.lstrip()), start + len(text.rstrip())
        if last <= first:
            continue
        if joined and (first < joined[-1][1] or not raw[joined[-1][1] : first].strip()):
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)


@lru_cache(maxsize=512)
def _weight(sentence: str) -> int:
    """How strongly a sentence speaks to the machinery; a sentence in no language of ours does so wholly."""
    low = sentence.lower().strip()
    if is_foreign(low):
        return _ENOUGH
    if not _may(low):
        return 0
    found = [worth for worth, pattern in _GROUPS if pattern.search(low)]
    if not found:
        return 0
    weight = sum(found) - sum(worth for worth, pattern in _AGAINST if pattern.search(low))
    return max(weight, _ENOUGH) if weight >= _TELLING and max(found) >= _TELLING else weight


def _may(low: str) -> bool:
    return any(map(low.__contains__, _MAY)) or bool(_MAY_TOO.search(low))


def suspicion(text: str) -> int:
    """How strongly the most suspicious sentence of a text speaks to the machinery, from 0. Pure."""
    return max((_weight(found[0]) for found in _SENTENCE.finditer(_plain(text)) if found[0].strip()), default=0)


def is_foreign(text: str) -> bool:
    """Whether a text of some length holds hardly an English word: another language, or words in code. Pure."""
    words = [word.lower().replace("\u2019", "'") for word in _WORD.findall(text)]
    if len(_LEET.findall(text)) >= 3 and 3 * len(_LEET.findall(text)) >= len(words):
        return True
    letters = sum(len(word) for word in words)
    foreign = sum(1 for char in text if char.isalpha() and not char.isascii())
    if foreign >= 6 and 3 * foreign > 2 * letters:
        return True
    if len(words) < (_FOREIGN_WORDS if foreign == 0 else _FOREIGN_WORDS - 5):
        return False
    different = set(words)
    if len(different) < _FOREIGN_LEAST:
        return False
    return sum(word in _ENGLISH for word in different) < _ENGLISH_SHARE * len(different)


def _plain(raw: str) -> str:
    """The text with letters that only look like ours made ours, each in its place."""
    if raw.isascii():
        return raw
    told = "".join(_one(char) for char in raw)
    latin = sum(1 for char in told if char.isascii() and char.isalpha())
    swapped = told.translate(_LOOKALIKES)
    return swapped if latin * 4 > sum(1 for char in told if char.isalpha()) else told


def _one(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char
