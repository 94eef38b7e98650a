"""The slugs that stand in the data: closed sets as plain tuples.

Labels live in the code lists (`codelists/*.csv`); these tuples are what table
columns constrain to, so they must stay importable without reading any file.
"""

from __future__ import annotations

STAFF_GROUPS = (
    "doctors",
    "nurses",
    "midwives",
    "ambulance_staff",
    "st_and_t",
    "support_to_doctors_nurses_midwives",
    "support_to_ambulance_staff",
    "support_to_st_and_t",
    "central_functions",
    "hotel_property_estates",
    "managers",
    "senior_managers",
    "unknown_classification",
)
SUPPORT_GROUPS = (
    "support_to_doctors_nurses_midwives",
    "support_to_ambulance_staff",
    "support_to_st_and_t",
)
QUALIFIED_GROUPS = ("doctors", "nurses", "midwives", "ambulance_staff", "st_and_t")
INFRASTRUCTURE_GROUPS = (
    "central_functions",
    "hotel_property_estates",
    "managers",
    "senior_managers",
)
ALL_STAFF = "all_staff"
PUBLISHED_STAFF_GROUPS = (
    *STAFF_GROUPS,
    ALL_STAFF,
    "professionally_qualified",
    "support_to_clinical_staff",
    "infrastructure_support",
    "doctor_grade",
)
MAIN_STAFF_GROUPS = (
    "professionally_qualified",
    "support_to_clinical_staff",
    "infrastructure_support",
    "unknown",
)
BANDS = (
    *("1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9"),
    *("non_afc", "vsm", "unknown"),
)
PUBLISHED_BANDS = (*BANDS, "all_bands", "medical_grade")
REGIONS = ("Y56", "Y58", "Y59", "Y60", "Y61", "Y62", "Y63", "QZZ")
EMPLOYER_TYPES = (
    "acute",
    "mental_health_learning_disability",
    "community",
    "ambulance",
    "care_trust",
    "commissioning",
    "other",
    "unknown",
)
ETHNICITIES = (
    *("A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M", "N", "P", "R", "S"),
    *("Z", "99"),
)
ETHNIC_GROUPS = ("white", "black", "asian", "mixed", "chinese", "other")
PUBLISHED_ETHNIC_GROUPS = (
    *ETHNIC_GROUPS,
    "not_stated",
    "discontinued",
    "all_known",
    "all_including_unknown",
)
GENDERS = ("female", "male", "unknown")
DISABILITIES = ("yes", "no", "not_disclosed", "unspecified")
RELIGIONS = (
    *("christianity", "atheism", "islam", "hinduism", "sikhism", "buddhism"),
    *("judaism", "jainism", "other", "not_disclosed", "unspecified"),
)
ORIENTATIONS = (
    *("heterosexual", "gay_or_lesbian", "bisexual", "other", "undecided"),
    *("not_disclosed", "unspecified"),
)
CONTRACT_TYPES = ("permanent", "fixed_term", "locum", "bank", "honorary")
CORE_CONTRACTS = ("permanent", "fixed_term", "locum")
OTHER_CONTRACTS = tuple(c for c in CONTRACT_TYPES if c not in CORE_CONTRACTS)
STATUSES = (
    *("active", "internal_secondment", "acting_up", "career_break"),
    *("maternity_adoption", "external_secondment", "suspended"),
)
ACTIVE_STATUSES = ("active", "internal_secondment", "acting_up")
OTHER_STATUSES = tuple(s for s in STATUSES if s not in ACTIVE_STATUSES)
# The whole certificate, or its fifteen standards where these are recorded singly.
CARE_CERTIFICATE = "care_certificate"
CARE_STANDARDS = tuple(f"care_standard_{number:02d}" for number in range(1, 16))
COMPETENCES = (CARE_CERTIFICATE, *CARE_STANDARDS)
LEVELS = ("england", "region", "icb", "organisation")
CELL_STATUSES = ("published", "suppressed")
