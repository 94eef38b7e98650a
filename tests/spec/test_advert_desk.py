"""The reviewers' desk: what several people's codes settle, and what they leave open."""

from __future__ import annotations

import pytest

from skillmix.adverts.advert import Advert, Coded, Head
from skillmix.adverts.coding.code import code
from skillmix.adverts.frame import Frame
from skillmix.adverts.review.desk import Desk
from skillmix.adverts.review.gold import Settled
from skillmix.adverts.review.passages import LEFT_OUT, passages
from skillmix.adverts.review.sheets import Coding
from skillmix.adverts.scheme import scheme
from skillmix.errors import InvalidRowsError, UnknownNameError

TEXT = """Our mental health ward needs a support worker for people with psychosis.
You must be flexible about working hours. You will work nights.
To ask more, ring the manager, Ann Onymous, on 01632 960123.
The post is permanent.
"""


def coded(number: str = "1", text: str = TEXT) -> Coded:
    head = Head(title="Support Worker", employer="A NHS Trust", vacancy=number)
    return code(Advert(file=f"{number}.txt", source="plain_text", head=head, text=text))


def desk(*adverts: Coded, earlier: tuple[Settled, ...] = ()) -> Desk:
    frame = Frame(everything=True, nations=(), duplicates=True)
    kept = adverts or (coded(),)
    return Desk(coded=kept, log=(), frame=frame, roles={}, earlier=earlier)


def settled(value: object, *, digest: str = "", by: str = "before") -> Settled:
    return Settled(
        advert="1",
        text_sha256=digest or coded().advert.digest,
        field="contract",
        code=value,
        by=by,
        scheme_version=scheme().version,
    )


def test_what_every_coder_says_alike_is_settled():
    made = desk()
    for coder in ("AB", "KM"):
        made.take(coder, 1, {"contract": "permanent"})
    (one,) = made.settled()
    assert (one.code, one.by) == ("permanent", "AB and KM")
    assert made.differences() == []


def test_one_of_three_who_differs_leaves_it_open():
    made = desk()
    for coder, value in (("AB", "bank"), ("CD", "bank"), ("KM", "permanent")):
        made.take(coder, 1, {"contract": value}, {"contract": "sure"})
    assert made.settled() == ()
    (difference,) = made.differences()
    assert difference.codes == {"AB": "bank", "CD": "bank", "KM": "permanent"}
    assert set(difference.notes) == {"AB", "CD", "KM"}


def test_a_decision_goes_before_what_coders_say_afterwards():
    made = desk()
    made.settle("ZZ", 1, "contract", "fixed")
    for coder in ("AB", "KM"):
        made.take(coder, 1, {"contract": "bank"})
    (one,) = made.settled()
    assert (one.code, one.by) == ("fixed", "ZZ")
    assert [r.code for r in made.refused()] == ["bank"]
    assert made.chosen()[0]["contract"] == "fixed"
    assert made.unsettle("ZZ")
    assert not made.unsettle("ZZ")
    assert made.chosen()[0]["contract"] == "bank"


def test_a_code_settled_before_goes_before_every_decision():
    made = desk(earlier=(settled("bank"),))
    made.settle("ZZ", 1, "contract", "fixed")
    assert made.chosen()[0]["contract"] == "bank"
    assert [r.by for r in made.refused()] == ["ZZ"]


def test_a_code_settled_on_another_text_is_not_put_in():
    made = desk(earlier=(settled("bank", digest="0" * 64),))
    assert made.chosen()[0]["contract"] == "permanent"


def test_a_code_given_again_replaces_the_first_and_one_left_out_is_gone():
    made = desk()
    made.take("AB", 1, {"contract": "bank", "flexibility": "none"}, {"contract": "?"})
    made.take("AB", 1, {"contract": "fixed"})
    assert dict(made.coding("AB").codes) == {("1", "contract"): "fixed"}
    assert made.coding("AB").notes == {}


def test_the_next_advert_is_the_first_not_finished_from_here_on_and_round():
    made = desk(coded("1"), coded("2"), coded("3"))
    everything = {n: f.absent for n, f in scheme().fields.items() if f.reviewed}
    made.take("AB", 2, everything)
    assert made.done("AB") == 1
    assert [made.next("AB", after) for after in (0, 1, 3)] == [1, 3, 1]
    for number in (1, 3):
        made.take("AB", number, everything)
    assert made.next("AB") is None


def test_a_sheet_adds_to_what_was_coded_here():
    made = desk()
    made.take("AB", 1, {"contract": "bank"})
    digest = coded().advert.digest
    codes = {("1", "flexibility"): "none", ("9", "flexibility"): "none"}
    sheet = Coding(coder="AB", codes=codes, digests={"1": digest, "9": "0" * 64})
    assert made.take_sheet(sheet) == 1
    assert set(made.coding("AB").codes) == {("1", "contract"), ("1", "flexibility")}
    moved = Coding(coder="AB", codes=codes, digests={"1": "0" * 64})
    with pytest.raises(InvalidRowsError, match="not the one that was coded"):
        made.take_sheet(moved)


@pytest.mark.parametrize("number", [0, -1, 2])
def test_an_advert_that_is_not_there_is_told(number):
    with pytest.raises(UnknownNameError):
        desk().one(number)


@pytest.mark.parametrize("coder", ["code", "note", "advert"])
def test_nobody_is_called_as_a_column_of_the_sheets(coder):
    with pytest.raises(InvalidRowsError, match="name of a column"):
        desk().take(coder, 1, {})


class TestPassages:
    def test_whom_to_ask_is_left_out_with_the_name(self):
        shown = [[p.text for p in line] for line in passages(coded())]
        told = " ".join(" ".join(line) for line in shown)
        assert [LEFT_OUT] in shown
        assert "Onymous" not in told
        assert "960123" not in told

    def test_the_words_behind_a_code_are_marked_where_they_stand(self):
        one = coded()
        runs = [p for line in passages(one, ["flexibility"]) for p in line]
        (marked,) = [p for p in runs if p.fields]
        (evidence,) = one.values["flexibility"].evidence
        assert marked.text == evidence.quote
        assert marked.anchor == evidence.start
        assert marked.fields == ("Flexibility",)

    def test_nothing_is_marked_for_a_blind_coder(self):
        assert not any(p.fields for line in passages(coded()) for p in line)

    def test_no_word_is_lost_or_moved(self):
        one = coded(text="The post is permanent.\nYou will work nights.")
        marked = passages(one, scheme().fields)
        assert ["".join(p.text for p in line) for line in marked] == [
            "The post is permanent.",
            "You will work nights.",
        ]
