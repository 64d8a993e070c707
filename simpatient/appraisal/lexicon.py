"""Small word lists of our own: what carries content, what names a feeling, which words are about the same thing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

STOP = frozenset(
    """a about above after again against ago all almost also always am an and any anyone anything are around as at away
    back be because been before being both but by came can come comes coming could did do does doing done down each
    else enough even ever every everything far few for from further gave get gets getting give given gives go goes
    going gone got had has have having he her here hers herself him himself his how however i if in into is it its
    itself just keep kept kind know knows last let like likes little look lot lots made make makes making many may
    maybe me mean means might mine more most much must my myself need never new next no nobody none nor not nothing
    now of off often oh okay on once one only onto or other others our ours out over own part people perhaps please
    put quite rather really right said same saw say saying says see seem seems sees shall she should since so some
    somebody someone something sometimes somewhere soon sort still stuff such sure take taken takes tell tells than
    thank thanks that the their theirs them themselves then there these they thing things think thinking thinks this
    those though thought through till time times to today together told too took toward two under until up upon us
    use used very want wanted wants was way we well went were what whatever when where whether which while who whole
    whom whose why will with within without would yeah yes yet you your yours yourself able actually
    anyway bit bring brings brought feel feeling feelings feels felt happen happened happening happens hear heard
    hello hi hey idea long minute minutes moment point ready start started talk talked talking try trying understand week weeks
    day days year years question questions ask asked asking guess hope sound sounds good great nice fine bad hard
    help helped helping helps wonder wondering sorry ah mm hmm uh um er yep nope important definitely probably hm
    mhm huh
    first second three five four six ten honestly sir madam don't""".split()
)
"""Words too common to show that something was taken up."""

STOCK = frozenset(
    """affirm affirmation amazing anymore appreciate authentic autonomy aware beautiful bless blessed brave bravery
    brilliant call carry challenging charge choice choose completely courage courageous curious deal deserve difficult
    easy embrace emotion emotions empathise empathy empower encourage entirely excellent expert express experience
    feedback gentle gently going gratitude grow grateful growth heal healing heart honest honesty honour honoured
    honouring humbled human impressed incredible incredibly inner journey judge judgement judging kept listen listening
    light matter matters minute naturally normal offer open opening pace partnership path permission perspective plan
    positive possible power powerful present process progress promise promised promises reflect reflecting reflection
    repair resilience resilient respect role rough safe seen sending sense several share shared sharing sit sitting
    situation softly solidarity space special step story strength strengths strong support supported terrible testament
    thankful total totally tough trust trusting truth truly understandable understanding unique valid validate
    validating validation value valued valuing voice vulnerability vulnerable warm warmth welcome wise wonderful
    wonders entire care cares caring personal space speak speaking certain conversation helpful challenging
    course rush hurry emotion space breath trusted truthfully feelings amazing person anybody absolutely okay yours
    whatever wherever whenever however up""".split()
)
"""Words of help that fit every patient: what is made of them alone is meant for nobody in particular."""

FEELINGS: dict[str, Sequence[str]] = {
    "fear": ("afraid scared frightened frightening scary fear fears terrified terrifying panic panicking panicky worry "
             "worried worrying worries anxious anxiety nervous nerves dread dreading uneasy unsafe wary on-edge "
             "frighten scare scares horrifying daunting threatening threatened apprehensive alarming").split(),
    "anger": ("angry anger cross furious frustrated frustrating frustration annoyed annoying mad irritated irritating "
                  "resentful resent bitter pissed fuming livid outraged infuriating infuriated fed-up wound "
                  "offended").split(),
    "sadness": ("sad sadness upset upsetting unhappy miserable down low depressed depressing heartbroken heartbreaking "
                "grief grieving tearful cry crying tears devastated devastating gutted hurt hurts hurting hurtful "
                    "painful loss mourning disappointed disappointing disappointment despair hopeless awful "
                    "dreadful").split(),
    "loneliness": ("alone lonely loneliness isolated isolating unsupported abandoned left-out cut-off unseen unheard "
                   "invisible forgotten excluded").split(),
    "shame": ("ashamed shame shameful embarrassed embarrassing guilty guilt humiliated humiliating humiliation weak "
              "stupid failure foolish worthless judged exposed pathetic useless small ridiculous").split(),
    "weariness": ("tired exhausted exhausting worn drained draining weary tiring overwhelmed overwhelming overwhelm "
                  "stretched burnt burned stressed stressful stress heavy burden burdened swamped shattered knackered "
                  "struggling struggle wearing").split(),
    "confusion": ("confused confusing lost unsure torn stuck trapped uncertain uncertainty bewildered bewildering "
                  "puzzled thrown conflicted ambivalent helpless powerless cornered").split(),
    "mistrust": (
        "wary suspicious mistrust distrust sceptical skeptical betrayed let-down cautious guarded doubt doubts "
                 "doubtful unconvinced").split(),
    "relief": ("relieved relief calm calmer safe safer settled peace peaceful comfortable better easier").split(),
    "joy": ("happy glad proud pleased excited hopeful hope confident grateful thrilled delighted joy determined "
            "motivated enjoy love loved").split(),
    "pressure": ("pressure pressured pushed forced cornered watched controlled nagged trapped rushed bullied").split(),
}  # fmt: skip
"""Feeling words by family; a family counts as the same feeling when learner and patient use different words."""

FEELING_OF: dict[str, str] = {}
for _family, _words in FEELINGS.items():
    for _word in _words:
        FEELING_OF.setdefault(_word, _family)

CONCEPTS: dict[str, str] = {
    "sleep": "sleep sleeping slept asleep night nights awake bed insomnia tired nightmares wake waking dreams rest nap",
    "work":
        "work working job jobs boss manager colleague colleagues office hr lads shift shifts factory career "
        "employer "
            "employed unemployed redundant sacked fired workplace coworker warehouse meeting sick-leave",
    "partner": "wife husband partner boyfriend girlfriend marriage married divorce josh spouse relationship ex fiance",
    "parents": "mother father parents mum dad stepfather stepmother",
    "children": "kid kids child children son daughter baby boy girl toddler grandson granddaughter",
    "family": "family brother sister aunt uncle grandmother grandfather gran nan cousin home house",
    "body": "chest heart breath breathe breathing body tight stomach head headache dizzy sweating shaking throat",
    "pain": "pain painful hurts hurt hurting ache aching sore knee back leg hip shoulder",
    "drink": "drink drinking drinks alcohol beer wine drunk bottle pub sober glass vodka whisky drank",
    "smoke": "smoke smoking smoker cigarette cigarettes nicotine vape quit tobacco pack",
    "drugs": "drugs drug cocaine weed cannabis marijuana heroin pot using high",
    "medicine":
        "medicine medicines medication tablets tablet pills pill dose doses prescription prescribe inhaler insulin "
                "injection jab chemo treatment treatments",
    "food":
        "eat eating food diet weight meal meals appetite hungry sugar fruit vegetables lost-weight pounds "
        "overweight",
    "exercise": "exercise walk walking gym run running fit active swim yoga",
    "waiting": "wait waiting waited hour hours delay delayed late slow queue months",
    "result": "result results test tests scan biopsy lump cancer tumour diagnosis x-ray blood",
    "unheard": "listen listened listening ignored dismissed asked nobody heard brushed interrupted told believed",
    "useless": "useless pointless worked work works waste wasted useful worth helped help good",
    "privacy": "private privacy secret confidential written write notes record records file find hear know tell told "
               "share shared anyone anybody between talk",
    "death": "die died dying dead death funeral lost buried passed killed",
    "money": "money bills rent debt afford pay paid wage wages cost benefits mortgage",
    "care": "hospital ward nurse nurses doctor doctors gp clinic surgery surgeon appointment appointments operation",
    "therapy": "therapy therapist therapists counselling counsellor counselor shrink psychologist psychiatrist session "
               "sessions",
    "school": "school exam exams teacher college university class classes homework grades study",
    "judged": "blame blamed fault wrong judged criticised labelled label attitude told-off judge accused",
    "upbringing": "taught raised upbringing father mother grandfather parents",
    "spent": "worn exhausted shattered knackered drained nights trot",
    "no-change": "helped same worked counselling therapy difference",
    "alone": "alone lonely own nobody no-one side sides isolated everyone",
    "trust": "trust trusted trusting believe lie lied lies honest promise promised promises",
    "weak": "weak weakness man manly men tough strong stupid crazy mad",
    "choice": "choice choose chose forced made-me decide decided push pushed must dig dug pressure",
    "speech": "talk talking say said speak speaking words quiet silent silence open",
    "hope": "point hope hopeless better worse change different improve",
    "friends": "friend friends mates mate lads neighbour neighbours",
    "anger": "angry shout shouted shouting yelled row rows argue argument temper fight fights fighting",
    "form": "form forms paperwork letter letters email referral",
    "fear": "scared afraid frightened frightening fear worry worried anxious anxiety panic nervous terrified wary",
    "sad": "sad upset cry crying cried tears low down depressed hopeless miserable",
}  # fmt: skip
"""Words about the same thing; a weaker link than the same word."""

CONCEPTS_OF: dict[str, tuple[str, ...]] = {}
for _concept, _list in CONCEPTS.items():
    for _word in _list.split():
        CONCEPTS_OF[_word] = (*CONCEPTS_OF.get(_word, ()), _concept)

_IRREGULAR = {
    "slept": "sleep", "fell": "fall", "cried": "cry", "cries": "cry", "tried": "try", "wrote": "write",
    "written": "write", "spoke": "speak", "spoken": "speak", "broke": "break", "broken": "break", "lost": "lose",
    "left": "leave", "men": "man", "wives": "wife", "children": "child", "kids": "child", "kid": "child", "died": "die",
    "dying": "die", "drank": "drink", "drunk": "drink", "ate": "eat", "woke": "wake", "lying": "lie", "dug": "dig",
    "ran": "run", "threw": "throw", "knew": "know", "grew": "grow", "met": "meet", "paid": "pay", "worries": "worry",
    "worried": "worry", "angry": "anger", "frightening": "fright", "frightened": "fright", "tablets": "pill",
    "tablet": "pill", "pills": "pill", "scared": "scare", "scary": "scare", "lads": "lad", "useless": "useless",
    "listened": "listen", "panicked": "panic", "panicking": "panic", "lonely": "lone", "alone": "lone",
}  # fmt: skip


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A rough stem: endings of number, tense and manner taken off. Pure."""
    known = _IRREGULAR.get(word)
    if known:
        return known
    word = word.removesuffix("'s")
    if len(word) <= 3:
        return word
    for ending in ("fulness", "ingly", "edly", "ings", "ness", "ing", "ied", "ies", "ed", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            base = word[: -len(ending)]
            if ending in ("ied", "ies"):
                return base
            if ending == "s" and base.endswith("s"):
                return word
            if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lse":
                base = base[:-1]
            return base[:-1] if base.endswith(("e", "y", "i")) and len(base) > 4 else base
    return word[:-1] if word.endswith(("e", "y", "i")) and len(word) > 4 else word


@lru_cache(maxsize=20_000)
def is_content(word: str) -> bool:
    """Whether the word can show that something was taken up."""
    return word not in STOP and len(word) > 1 and word[0].isalnum()
