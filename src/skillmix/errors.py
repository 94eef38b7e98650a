"""Every error a user can meet: what happened, where, and what to do about it."""

from __future__ import annotations

from typing import ClassVar


class SkillmixError(Exception):
    """The parent of every error shown to a user.

    Args:
        what: One sentence saying what is wrong, without any person's data.
        where: The file, column or setting concerned.
        remedy: What the reader can do next.
    """

    slug: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1
    default_remedy: ClassVar[str] = "Please report this with the command you ran."

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy or self.default_remedy
        super().__init__(what)

    def __str__(self) -> str:
        place = f" [{self.where}]" if self.where else ""
        return f"{self.what}{place} {self.remedy}"


class DefinitionError(SkillmixError):
    """An analysis, table or scope is declared wrongly."""

    slug = "definition"
    exit_code = 2
    default_remedy = "Correct the declaration; `skillmix list` shows valid examples."


class UnknownNameError(SkillmixError):
    """A name was given that the catalogue or a code list does not hold."""

    slug = "unknown-name"
    exit_code = 3
    default_remedy = "Run `skillmix list` for the names that exist."


class InputNotFoundError(SkillmixError):
    """No usable input was found where the user pointed."""

    slug = "input-not-found"
    exit_code = 4
    default_remedy = "Point to a folder that holds at least one recognised file."


class UnreadableFileError(SkillmixError):
    """A file cannot be read as what it claims to be."""

    slug = "unreadable-file"
    exit_code = 5
    default_remedy = "Open the file to see whether it is complete, then save it again."


class LayoutError(SkillmixError):
    """A file is recognised, but its layout is not one of those known."""

    slug = "layout"
    exit_code = 6
    default_remedy = (
        "Compare its header with the layouts in `skillmix check --layouts`, "
        "or draft a mapping with `skillmix check --suggest-mapping`."
    )


class InvalidRowsError(SkillmixError):
    """A file breaks rules of its table; every rule broken is listed with a count."""

    slug = "invalid-rows"
    exit_code = 7
    default_remedy = "Correct the rows counted under each rule and read the file again."


class MissingInputError(SkillmixError):
    """An analysis lacks the table it reads."""

    slug = "missing-input"
    exit_code = 8
    default_remedy = "Add a file that feeds the table named; see `skillmix check`."


class OutputError(SkillmixError):
    """The output could not be written; nothing half-written was left behind."""

    slug = "output"
    exit_code = 9
    default_remedy = (
        "Close the file if a program such as Excel has it open; check free space and "
        "permission on the folder."
    )


class DisclosureError(SkillmixError):
    """Something tried to publish figures that disclosure control has not seen."""

    slug = "disclosure"
    exit_code = 10
    default_remedy = "Use run(); ask for run_unprotected() only inside the engine room."


class EngineError(SkillmixError):
    """The query engine could not start or finish."""

    slug = "engine"
    exit_code = 11
    default_remedy = "Free memory or choose another engine with --engine."


class RecordRefusedError(SkillmixError):
    """The staff record contradicts itself, so that no flow of staff would balance."""

    slug = "record-refused"
    exit_code = 12
    default_remedy = (
        "Correct the rows counted under each rule in the extract and read it again; "
        "analyses of a single month are not concerned."
    )


class TooFewPeopleError(MissingInputError):
    """There are rows, but of so few people that the question has no answer."""

    slug = "too-few-people"
    exit_code = 14
    default_remedy = "Ask for a larger place, a wider workforce or more months."


class MonthsMissingError(MissingInputError):
    """The staff record lacks months between those a question follows people over."""

    slug = "months-missing"
    exit_code = 13
    default_remedy = "Add the extracts of the months named."
