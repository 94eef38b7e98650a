"""Which fields each platform's tags mean, in terms of title, abstract, keywords."""

from __future__ import annotations

from collections.abc import Mapping

from skillmix.literature.strategy.tree import ABSTRACT, FIELDS, KEYWORDS, TITLE

FIELD_TAGS: Mapping[str, tuple[str, ...]] = {
    # Our own
    "title": (TITLE,),
    "keywords": (KEYWORDS,),
    # PubMed
    "tiab": (TITLE, ABSTRACT, KEYWORDS),
    "title/abstract": (TITLE, ABSTRACT, KEYWORDS),
    "ti": (TITLE,),
    "ab": (ABSTRACT,),
    "mesh": (KEYWORDS,),
    "mesh terms": (KEYWORDS,),
    "mh": (KEYWORDS,),
    "majr": (KEYWORDS,),
    "ot": (KEYWORDS,),
    "tw": FIELDS,
    "text word": FIELDS,
    "all fields": FIELDS,
    "all": FIELDS,
    # Ovid
    "mp": FIELDS,
    "kw": (KEYWORDS,),
    "kf": (KEYWORDS,),
    "sh": (KEYWORDS,),
    "id": (KEYWORDS,),
    "hw": (KEYWORDS,),
    # Scopus
    "title-abs-key": FIELDS,
    "title-abs": (TITLE, ABSTRACT),
    "abs": (ABSTRACT,),
    "key": (KEYWORDS,),
    "authkey": (KEYWORDS,),
    # Web of Science
    "ts": FIELDS,
    "ak": (KEYWORDS,),
    "kp": (KEYWORDS,),
    # EBSCO
    "su": (KEYWORDS,),
    "tx": FIELDS,
    # ProQuest
    "noft": FIELDS,
    "abstract": (ABSTRACT,),
    "if": (KEYWORDS,),
    "mainsubject": (KEYWORDS,),
    # Europe PMC
    "title_abs": (TITLE, ABSTRACT),
}
