"""Tiny files in every official layout, with invented figures."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

PLACE = "Y60,Midlands,QJ2,Derby and Derbyshire"
SICKNESS_HEADER = (
    "DATE,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,ORG_CODE,ORG_NAME,"
    "CLUSTER_GROUP,BENCHMARK_GROUP,STAFF_GROUP,FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,"
    "SICKNESS_ABSENCE_RATE_PERCENT"
)
MH = "Mental Health,Mental Health and Learning Disability"


def sickness(day: str = "30/06/2023", *, lost: str = "10.000004999999") -> str:
    """A benchmarking file: one trust, one group suppressed."""
    trust = f"{day},{PLACE},RX9,Invented Trust,{MH}"
    return "\n".join(
        [
            SICKNESS_HEADER,
            f"{trust},All staff groups,{lost},200,5",
            f"{trust},HCHS Doctors,,,",
            f'{trust},"Support to doctors, nurses & midwives",6,100,6',
            f"{trust},Nurses & health visitors,4,100,4",
            "",
        ]
    )


SICKNESS_BY_ORG = f"""\
DATE,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,ORG_CODE,ORG_NAME,ORG_TYPE,\
FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT
30/06/2023,{PLACE},RX9,Invented Trust,Mental Health,10,200,5
"""
TURNOVER = f"""\
PERIOD,TYPE,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,REPORTING_ORG_NAME,\
REPORTING_ORG_CODE,CLUSTER_GROUP,BENCHMARK_GROUP,STAFF_GROUP_1_NAME,HC,FTE
202509 to 202510,Denominator at start of period,{PLACE},Invented Trust,RX9,{MH},\
All staff groups,100,90.5
202509 to 202510,Leavers,{PLACE},Invented Trust,RX9,{MH},\
HCHS Doctors (exc. Resident doctors and equivalents),1,0.33333
"""
TURNOVER_1 = """\
PERIOD,TYPE,NHSE_REGION_CODE,NHSE_REGION_NAME,MAIN_STAFF_GROUP,STAFF_GROUP,HC,FTE
200909 to 201009,Leavers,All NHSE regions,All NHSE regions,All staff groups,\
All staff groups,30,25
200909 to 201009,Leavers,Y56,London,Support to clinical staff,All staff groups,10,8
"""
TURNOVER_2 = """\
PERIOD,TYPE,MAIN_STAFF_GROUP,STAFF_GROUP,GRADE,AGE_BAND,HC,FTE
200909 to 201009,Leavers,All staff groups,All staff groups,All grades,\
All age bands,30,25
200909 to 201009,Leavers,Support to clinical staff,All staff groups,Band 2,\
Under 25,3,2.5
"""
CORE_PLACE = "2025-10-31,Organisation,Y60,Midlands,QJ2,Derby,RX9,Invented Trust"
CORE_HEADER = (
    "DATA_MONTH,DATA_LEVEL,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,"
    "ORG_CODE,ORG_NAME,MAIN_STAFF_GROUP,STAFF_GROUP_1"
)
CORE_1 = f"""\
{CORE_HEADER},FTE
{CORE_PLACE},Support to clinical staff,Support to ST&T staff,7.25
2025-10-31,National,,,,,,,Support to clinical staff,All staff groups,70.25
"""
CORE_5 = f"""\
{CORE_HEADER},STAFF_GROUP_2,CARE_SETTING,LEVEL,GRADE,FTE,HEADCOUNT
{CORE_PLACE},003_Support to clinical staff,001_Support to ST&T staff,\
002_Support to AHPs,001_Occupational Therapy,004_Helper,Band 3,1.6,2
"""
CORE_14 = f"""\
{CORE_HEADER},CARE_SETTING_OR_SPECIALTY,PRIMARY_AREA_OF_WORK,SECONDARY_AREA_OF_WORK,\
TERTIARY_AREA_OF_WORK,MENTAL_HEALTH_CLASSIFICATION,FTE
{CORE_PLACE},Support to clinical staff,Support to ST&T staff,Applied Psychology,\
Mental Health,Mental Health,Mental Health,Mental Health Area of Work,2.4
"""
EARNINGS = """\
DATE,STAFF_GROUP_ORDER,STAFF_GROUP,PAYMENT_TYPE,AMOUNT,SAMPLE_SIZE
2020-06-30,18,Support to clinical staff,PUBGRP_020_EARNINGS,1775.96,421189
2020-06-30,4,HCHS doctors - Consultant,PUBGRP_140_LOCAL,-3.5,99
"""
EARNINGS_BY_BAND = """\
DATE,PAYMENT_TYPE,STAFF_GROUP_ORDER,STAFF_GROUP,AFC_BAND,GRADE_STEP,AMOUNT,SAMPLE_SIZE
2024-10-31,PUBGRP_020_EARNINGS,1,All staff groups,All AfC bands,All grade steps,9,99
2024-10-31,PUBGRP_020_EARNINGS,1,All staff groups,Band 2,All grade steps,8,50
"""
WARD = """\
Name,Site Name,Speciality 1,Speciality 2,Day Reg Planned Hrs,Day Reg Actual Hrs,\
Day Unreg Planned Hrs,Day Unreg Actual Hrs,Night Reg Planned Hrs,Night Reg Actual Hrs,\
Night Unreg Planned Hrs,Night Unreg Actual Hrs,Patient Count At Midnight,\
Missing Census Count,Division,Month,,,
Rose,Invented,-,,"1,260.00",1000,500,400.5,-,-,300,200,600,0,Planned,01/04/2020,,,
Office,Invented,-,,0,0,0,0,0,0,0,0,0,0,Planned,01/04/2020,,,
"""
ETR = "\n".join(
    ",".join(
        f'"{cell}"'
        for cell in (
            *(code, "INVENTED TRUST", region, "QJ2", "A", "B", "", "C", ""),
            *("DE1 1AA", opened, closed, *([""] * 15)),
        )
    )
    for code, region, opened, closed in (
        ("RX9", "Y60", "20200301", ""),
        ("RY9", "W00", "19940401", "20210930"),
        ("G6V2S", "", "20110701", ""),
    )
)
TEXT_FILES: dict[str, tuple[str, str, int]] = {
    "a.csv": (sickness(), "sickness_benchmarking", 4),
    "b.csv": (SICKNESS_BY_ORG.replace("/2023", "/2022"), "sickness_by_organisation", 1),
    "c.csv": (TURNOVER, "turnover_benchmarking", 2),
    "d.csv": (TURNOVER_1, "turnover_1", 2),
    "e.csv": (TURNOVER_2, "turnover_2", 2),
    "f.csv": (CORE_1, "core_1", 2),
    "g.csv": (CORE_5, "core_5", 1),
    "h.csv": (CORE_14, "core_14", 1),
    "i.csv": (EARNINGS, "earnings_by_staff_group", 2),
    "j.csv": (EARNINGS_BY_BAND, "earnings_by_band", 2),
    "k.csv": (WARD, "ward_staffing", 2),
    "l.csv": (ETR + "\n", "ods_trusts", 3),
}
ETHNICITY = [
    ["Time", "Ethnicity", "Ethnicity_type", "Staff_Group", "Role_Group", "Grade"],
    ["2020-09-01", "Black", "ONS 6+1", "Support To Clinical Staff"],
]
ETHNICITY[0].append("Value")
ETHNICITY[1] += ["Support To St&T Staff", "Band 2", "7"]
NATIONALITY = [
    [
        *("Month", "Organisation code", "Organisation name", "Staff group"),
        *("Nationality", "FTE"),
    ],
    ["2018-JUN", "RX9", "Invented Trust", "Support to ST&T staff", "British", "0.1"],
]
CROSS_TAB = [
    [
        "NHS Hospital and Community Health Services (HCHS): HCHS staff with an EU "
        "nationality1 or UK nationality2, by staff group, as at 30 September 2016, "
        "headcount"
    ],
    [],
    [],
    ["", "", "", "European Union1", "", "United Kingdom2", ""],
    ["", "", "", "All staff", "Other staff", "All staff", "Other staff"],
    ["England", "", "", "9", "4", "90", "40"],
    [],
    ["Health Education Nowhere", "", "", "9", "4", "90", "40"],
    ["", "Invented Trust", "RX9", "9", " - ", "90", "40"],
    ["Notes: ' - ' denotes zero."],
]
MONTHS = {"2020-06": "2020-JUNE", "2020-07": "2020-JULY"}
ESR_HEADER = (
    *("Tm_Year_Month", "Unique_Nhs_Identifier", "Full_Name", "NI_Number", "Ocs_Code"),
    *("Assignment_Number", "Occupation_Code", "Status", "Asg_Type_Of_Contract"),
    *("Contracted_Wte", "Grade", "Job_Role", "Position_Title", "Area_Of_Work"),
    *("Basic_Pay", "Earnings", "Date_Of_Birth", "Gender", "Ethnic_Origin"),
    *("Disability", "Religious_Belief", "Sexual_Orientation"),
)


def esr_row(**cells: str) -> list[str]:
    """One row of a staff-record extract."""
    usual = {
        "Tm_Year_Month": "2020-JUNE",
        "Unique_Nhs_Identifier": "70000001",
        "Full_Name": "Name Secret",
        "NI_Number": "QQ123456C",
        "Ocs_Code": "RX9",
        "Assignment_Number": "80000001",
        "Occupation_Code": "H1A",
        "Status": "Active Assignment",
        "Asg_Type_Of_Contract": "Permanent",
        "Contracted_Wte": "0.80000",
        "Grade": "NHS|XR03|Review Body Band 3",
        "Job_Role": "Healthcare Assistant",
        "Position_Title": "Support Worker",
        "Area_Of_Work": "Mental Health Adult",
        "Basic_Pay": "1,500.25",
        "Earnings": "1700",
        "Date_Of_Birth": "30/06/1990",
        "Gender": "Female",
        "Ethnic_Origin": "M Black or Black British - Caribbean",
        "Disability": "No",
        "Religious_Belief": "Christianity",
        "Sexual_Orientation": "Heterosexual or Straight",
    }
    return [(usual | cells)[name] for name in ESR_HEADER]


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def write_workbook(path: Path, sheets: dict[str, list[list[str]]]) -> None:
    """A minimal .xlsx with text cells, written without any library."""
    names = list(sheets)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(names, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/worksheet" '
        f'Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(names) + 1)
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{package}/relationships">{related}</Relationships>'
        ),
    }
    for n, name in enumerate(names, 1):
        rows = "".join(
            f'<row r="{r}">' + "".join(_cells(r, cells)) + "</row>"
            for r, cells in enumerate(sheets[name], 1)
        )
        parts[f"xl/worksheets/sheet{n}.xml"] = (
            f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
        )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)


def _cells(row: int, cells: list[str]) -> Iterable[str]:
    for place, cell in enumerate(cells):
        if cell:
            at = f"{chr(65 + place)}{row}"
            yield f'<c r="{at}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
