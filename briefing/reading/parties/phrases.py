"""The phrases that rules read instead of lists: "Russian foreign ministry", "the Syrian rebels"."""

from __future__ import annotations

import re

# Bodies of a country that need no row each. The government itself is the party: no affiliation.
_GOVERNMENT = "government|regime|authorities|administration|leadership|cabinet"
_FIELD = (
    "foreign affairs|external affairs|foreign|defen[cs]e|interior|home|finance|economy|trade|justice|health|"
    "education|oil|energy|information|"
    "culture|tourism|transport|agriculture|environment|labou?r|intelligence|"
    "emergencies|emergency situations|national defen[cs]e|security"
)
_BODY = (
    rf"ministry of (?:the )?(?:{_FIELD})(?: and (?:expatriates|trade|cooperation))?|"
    rf"(?:(?:{_FIELD}) )?ministry|"
    "(?:joint )?chiefs of staff|joint chiefs|coast ?guard|national guard|border guards?|police|"
    r"army|military|armed forces|air force|navy|general staff|parliament|presidency|embassy|foreign office|"
    "congress|senate|supreme court|central bank|(?:(?:supreme )?national )?security council"
)
_OF_COUNTRY = re.compile(
    rf"(?:['’]s)? (?:(?P<body>{_BODY})|{_GOVERNMENT})(?![-\u2010\u2011]?[^\W_])", re.IGNORECASE
)
# Who somebody holds office for, where a whole name is asked for: "the Russian president".
_OFFICE = re.compile(
    rf"(?:['’]s)? (?:president|prime minister|(?:{_FIELD}) minister|officials?|minister of (?:{_FIELD})|"
    r"forces|troops)$",
    re.IGNORECASE,
)
# What is done by, or is true of, somebody else: "US-backed forces", "IS-held town", "Moscow-based".
_SOMEBODY_ELSES = re.compile(
    r"[-\u2010\u2011](?:backed|aligned|supported|allied|funded|financed|trained|equipped|armed|born|based|"
    r"speaking|controlled|occupied|held|made|built|sponsored|affiliated|linked|inspired|friendly|bound|run|"
    r"style|owned|ruled|brokered|mediated|sanctioned|designated|registered|educated|supplied)\b",
    re.IGNORECASE,
)
_PREFIX = re.compile(
    r"\b(?:anti|pro|non|ex|counter|afro|sino|franco|neo|post|pre|al|el)[-\u2010\u2011]$", re.IGNORECASE
)

_FIGHTERS = (
    r"(?:forces?|fighters?|groups?|factions?|commanders?|leaders?|alliances?|coalitions?|units?|brigades?|"
    r"sources?|officials?|spokes(?:man|woman|person|men)|delegations?|negotiators?|activists?|figures?|"
    r"politicians?|parties|movements?|groupings?|organi[sz]ations?|representatives?|senators?|lawmakers?|"
    r"legislators?|candidates?|mps?|deputies)"
)
OPPOSITION_WORDS = frozenset(
    "opposition Opposition OPPOSITION rebel Rebel rebels Rebels REBELS anti Anti".split()
)
# "The opposition said", but not "the opposition stronghold": what follows must not be a noun it describes.
_ALONE = (
    r"(?=['’]s|\s*$|\s*[^\w\s\-\u2010\u2011'’]|\s+(?:(?!controlled|backed|linked|affiliated|armed|based)\w+ed|"
    r"says?|said|told|wants?|claims?|has|have|had|is|are|was|were|will|would|could|can|may|might|must|did|does|"
    r"and|or|but|nor|in|on|at|by|with|for|of|as|after|before|since|while|when|if|which|who|that|not|also|still|"
    r"never|took|won|agree|disagree|want|think|believe|deny|react|respond|reply|answer|make|see|blame|reject|"
    r"admit|confirm|explain|describe|demand|lost|made|left|met|fought|shot|kept|went|gave|began|denies|calls?|"
    r"accuses|hopes|fears)\b)"
)
_OPPOSITION = re.compile(
    rf"opposition(?: {_FIGHTERS}(?![-\u2010\u2011]?[^\W_])|{_ALONE})|"
    rf"rebels(?![-\u2010\u2011]?[^\W_])|rebel {_FIGHTERS}(?![-\u2010\u2011]?[^\W_])|"
    rf"anti[-\u2010\u2011](?:regime|government|assad) (?:(?:armed|rebel|militant) )?"
    rf"(?:{_FIGHTERS}|rebels?|insurgents?|opposition)\b",
    re.IGNORECASE,
)
_KIND = r"(?:(?:moderate|armed|main|mainstream|political|exiled|mainly|Western-backed|so-called) ){0,2}"
_THE = re.compile(
    rf"\b(?:the|this|that|a|an|of|and|with|by|moderate|armed|main|mainstream|political|exiled) {_KIND}$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(rf"(?:['’]s)? {_KIND}$", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"([^\W_]+) $")
# Words that begin with a capital only because they open a sentence.
OPENERS = frozenset(
    """the a an in on at to of for from with by and but or nor so yet if as when while where after
    before since until because although though that this these those he she it they we i his her its
    their our is are was were has have had will would both either neither all some many most several
    other another no not now then there here only even also still moderate armed local foreign
    whether unlike like despite against between under over near inside outside across meanwhile
    however earlier later today yesterday what who how why which does did do say says said
    neighbouring neighboring""".split()
)


def body_end(text: str, end: int, of_capital: bool) -> tuple[int, str | None] | None:
    """Where "… foreign ministry" after a country that ends at `end` stops, and the body ("Foreign Ministry").

    A capital has a government only: "its London embassy" is not Britain's.
    """
    match = _OF_COUNTRY.match(text, end)
    if match is None or (of_capital and match["body"]):
        return None
    body = match["body"]
    return match.end(), " ".join(
        w if w == "of" else w.capitalize() for w in body.lower().split()
    ) if body else None


def names_office(text: str, end: int) -> bool:
    """Whether the rest of a name after a country is an office: "Russian | president"."""
    return _OFFICE.match(text, end) is not None


def is_somebody_elses(text: str, start: int, end: int) -> bool:
    """Whether hyphens make the mention part of another's description: "pro-Russian", "US-backed"."""
    if end < len(text) and _SOMEBODY_ELSES.match(text, end):
        return True
    return (
        start > 0
        and text[start - 1] in "-\u2010\u2011"
        and bool(_PREFIX.search(text, max(0, start - 8), start))
    )


def opposition_at(text: str, start: int, joined: bool) -> int | None:
    """Where words for an opposition that begin at `start` end, or None where they mean nobody in particular.

    `joined`: a party stands right before them ("Syrian opposition").
    """
    match = _OPPOSITION.match(text, start)
    if match is None or (start and text[start - 1] in "-\u2010\u2011"):
        return None
    if joined:
        return match.end()
    word = match.group().lower()
    if word == "opposition":
        return match.end() if _THE.search(text, max(0, start - 40), start) else None
    before = _WORD_BEFORE.search(text, max(0, start - 25), start)
    # "Houthi rebels", "Islamist rebels", "pro-Russian rebels": some side, but not the opposition at large.
    named = before is not None and before[1][0].isupper() and before[1].lower() not in OPENERS
    return None if named else match.end()


def joins(text: str, country_end: int, start: int) -> bool:
    """Whether only a possessive and words such as "moderate" stand between a country and `start`."""
    return start - country_end < 50 and _BETWEEN.fullmatch(text, country_end, start) is not None
