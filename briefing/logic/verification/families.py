"""Word families: "acquire", "acquisition" and "acquirer" are of one.

By rule, so that the words of a text nobody has seen are known too. A family is wider
than a stem: it holds the noun of a verb, who does it, and the adjective. That is
enough to say that a claim's word is borne out, but too wide to say that two words
stand in one place.
"""

from __future__ import annotations

from functools import lru_cache

# Endings of stems (see `reading.stem`) and what stands for them in the family's root.
# Longest first where one ends in another: the first that fits is taken.
_ENDINGS = tuple(
    tuple(pair.split("="))
    for pair in (
        "struction=struct etition=et etitor=et etitiv=et ification=ify isition=ir "
        "osition=os olution=olv ription=rib ception=ceiv "
        "uction=uc ulsion=el etention=etain lusion=lud cision=cid losion=lod "
        "rosion=rod nasion=nad vasion=vad uasion=uad pansion=pand tension=tend "
        "pension=pend ersion=ert fusion=fus mission=mit bition=bit "
        "ction=ct ption=pt rtion=rt stion=st ision=is ition=it ution=ut "
        "ificat=ify licat=ly ivity=iv bility=bl arity=ar ality=al osity=os "
        "icity=ic ority=or idity=id urity=ur "
        "ator= atory= atori= ativ= at= "
        "ance= ence= anc= enc= ant= ent= "
        "sal=s val=v ral=r ial=y al= "
        "ure= ur= "
        "abilit= ibilit= abl= ibl= iness=y ness= ful= ous= ic= ish= iv= ory= "
        "aint=ain ment= ship= hood= eer= ee= er= or= ist= age= ery= y="
    ).split()
    if "=" in pair
)
_SHORTEST_ROOT = 4
# Their ending is none, or their root another word's.
_ALONE = frozenset(
    "former better letter matter number member corner order power paper water master "
    "other rather under over never after whether quarter center counter summer winter "
    "dinner offer suffer differ prefer refer consider remember former latter chapter "
    "country county party army city body story duty early many every money very only "
    "general several animal capital hospital personal mineral moral musical central "
    "major minor senior junior author mayor motor doctor factor actor sector debtor "
    "private state great threat moment comment segment cement parent patent recent "
    "percent extent content present event current different important instant distant "
    "giant infant elephant restaurant science sentence evidence absence silence fence "
    "france dance chance glance finance balance distance substance instance sequence "
    "conscience experience audience nature future culture picture feature measure "
    "treasure figure agriculture structure furniture literature temperature creature "
    "village message average language image damage package stage storage cottage "
    "garage courage heritage mortgage service notice public basic music topic traffic "
    "republic logic magic clinic fabric panic critic metric olympic mother father "
    "brother sister daughter weather feather leather whatever however together "
    "career engineer volunteer committee coffee degree guarantee refugee "
    "position station nation relation mission passion region religion union million "
    "billion opinion season reason person prison lesson iron television vision session "
    "provision revision division condition edition tradition attention intention "
    "action section fiction function junction portion question fashion option "
    "gallery battery lottery century factory history victory memory territory category "
    "secretary military january february library salary primary summary".split()
)


@lru_cache(maxsize=50_000)
def family(root: str) -> str:
    """The root that the words of one family share, of a stem; the stem itself where no
    ending shows.

    Two rounds, since endings pile up ("regulatory", "regulator", "regulate").
    """
    return _cut(_cut(root))


def _cut(root: str) -> str:
    if root in _ALONE or f"{root}e" in _ALONE or not root.isalpha():
        return root
    for ending, instead in _ENDINGS:
        rest = len(root) - len(ending)
        if root.endswith(ending) and rest + len(instead) >= _SHORTEST_ROOT:
            return root[:rest] + instead
    return root
