"""Tables that have a documented template, because no public file holds them whole."""

from __future__ import annotations

from skillmix.schema.care_hours import CareHours
from skillmix.schema.comparators import (
    EmployerPlace,
    ExternalFigure,
    PopulationCount,
    PriceIndex,
)
from skillmix.schema.equality import BoardSeat, EqualityAnswer, EqualityProcess
from skillmix.schema.plans import PlannedPost
from skillmix.schema.survey import SurveyAnswer
from skillmix.schema.table import Table
from skillmix.schema.temporary import TemporaryHours
from skillmix.schema.training import ApprenticeCount, CpdSpend
from skillmix.schema.vacancies import (
    AdvertisedVacancy,
    ApplicationCount,
    Establishment,
)

SUPPLIED_TABLES: tuple[type[Table], ...] = (
    TemporaryHours,
    AdvertisedVacancy,
    ApplicationCount,
    Establishment,
    CareHours,
    SurveyAnswer,
    PlannedPost,
    ApprenticeCount,
    CpdSpend,
    PopulationCount,
    PriceIndex,
    EmployerPlace,
    ExternalFigure,
    EqualityProcess,
    EqualityAnswer,
    BoardSeat,
)
