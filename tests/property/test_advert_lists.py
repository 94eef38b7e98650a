"""Qualifications in lists: a heading's level and demand hold for what is below it."""

from __future__ import annotations

import pytest

from skillmix.adverts.advert import Advert, Coded, Head
from skillmix.adverts.coding.code import code

CASES = {
    "level of subjects": (
        "Qualifications\nEssential\n• Level 2 qualification in:\n• English\n• Maths"
        "\nDesirable\n• Level 3 Diploma in Care",
        ("literacy/numeracy L2",),
        ("NVQ3",),
    ),
    "level of one of several": (
        "You must hold a level 3 qualification in one of the following:"
        "\n• Health and social care\n• Childcare\nWe eat at noon.",
        ("NVQ3",),
        ("none stated",),
    ),
    "level in the heading of demands": (
        "Essential level 3 qualifications:\n• Health and social care\n• Nursing care",
        ("NVQ3",),
        ("none stated",),
    ),
    "two levels of one subject": (
        "NVQ level 2 or 3 in:\n• Health and social care\nis essential.",
        ("NVQ2", "NVQ3"),
        ("none stated",),
    ),
    "an item with a level of its own": (
        "Essential\n• Level 2 certificates:\n• NVQ Level 3 in care\n• First aid",
        ("NVQ3", "level 2"),
        ("none stated",),
    ),
    "criteria as Trac names them": (
        "Education and Qualifications\nEssential criteria\n• GCSE English at grade C/4"
        "\n• Care Certificate, or willingness to complete it\nDesirable criteria"
        "\n• NVQ 3 in health and social care",
        ("GCSE", "Care Certificate"),
        ("NVQ3",),
    ),
    "the will alone asks for nothing": (
        "Qualifications\nEssential\n• Willing to work towards NVQ level 2",
        ("none stated",),
        ("none stated",),
    ),
    "what is to be completed here": (
        "The apprenticeship has you complete:\n• Care Certificate\n• Level 2 Diploma"
        "\nWe eat at noon.",
        ("none stated",),
        ("none stated",),
    ),
    "one of several, the level in the heading": (
        "You must hold one of these at level 2 or above:"
        "\n• NVQ/QCF Diploma in social care\n• Care Certificate",
        ("Care Certificate", "NVQ2"),
        ("none stated",),
    ),
    "marks after the item": (
        "What you will need\n• Care Certificate (desirable)\n• NVQ Level 2 (essential)",
        ("NVQ2",),
        ("Care Certificate",),
    ),
}


def coded(text: str) -> Coded:
    text = f"Title: Support Worker\n{text}"
    return code(
        Advert(
            file="a", source="plain_text", head=Head(title="Support Worker"), text=text
        )
    )


@pytest.mark.parametrize("name", CASES)
def test_a_list_is_read_with_its_heading(name: str) -> None:
    text, essential, desirable = CASES[name]
    found = coded(text)
    assert found["essential_qualifications"] == essential
    assert found["desirable_qualifications"] == desirable


def test_the_quotation_is_of_the_advert_itself() -> None:
    text = "You must hold a level 2 qualification in:\n• English\n• Maths"
    found = coded(text)
    for one in found.values["essential_qualifications"].evidence:
        assert found.advert.text[one.start : one.end] == one.quote
        assert "level 2" in one.quote


def test_a_wish_in_brackets_leaves_the_demand_standing() -> None:
    found = coded("At least 1 year experience in care (ward experience desirable).")
    assert found["experience_required"] == "substantial"
    assert found["experience_desirable"] is True
