"""What the Open Education API 6.0 asks of the answers that we give, written down by us.

For each thing: which properties it must have, and the form of those that we send.
Anything else that we send is a fault, so that no property is made up. Source: the
published description, version 6.0, of https://openonderwijsapi.nl.
"""

from typing import Any

from jsonschema import Draft202012Validator, FormatChecker  # type: ignore[import-untyped]

Form = dict[str, Any]
ID: Form = {"type": "string", "format": "uuid"}
URI: Form = {"type": "string", "format": "uri", "maxLength": 2048}
PATH: Form = {"type": "string", "format": "uri-reference", "maxLength": 2048}
MOMENT: Form = {"type": "string", "format": "date-time"}
COUNT: Form = {"type": "number", "minimum": 0}
WORD: Form = {"type": "string"}
SHORT: Form = {"type": "string", "maxLength": 256}
AMOUNT: Form = {"type": "string", "pattern": r"^\d+(?:\.\d+)?$"}
LANGUAGE: Form = {"type": "string", "pattern": r"^[a-z]{2,3}(-([A-Z]{2}|[0-9]{3}))?$"}


def thing(required: str, **properties: Form) -> Form:
    """An object with these properties and no others."""
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def many(of: Form, least: int = 0) -> Form:
    return {"type": "array", "items": of, "minItems": least}


def one_of(words: str, *, ours: bool = False) -> Form:
    """A word of an extensible list; words of one's own begin with x-."""
    own = "|x-[a-z0-9-]+" if ours else ""
    return {"type": "string", "pattern": f"^({'|'.join(words.split())}{own})$"}


TEXTS = many(thing("language value", language=LANGUAGE, value=WORD), least=1)
CODE = thing(
    "codeType code",
    codeType=one_of(
        "identifier institution_code offering_code organisation_id programme_code"
    ),
    code=WORD,
)
LOAD = thing(
    "studyLoadUnit value",
    studyLoadUnit=one_of("contact_time ects sbu sp hour"),
    value={"type": "number"},
)
DELIVERY = many(one_of("blended hybrid online presential"))
COST = thing(
    "costType",
    costType=one_of("total_costs"),
    amount=AMOUNT,
    vatAmount=AMOUNT,
    amountWithoutVat=AMOUNT,
    currency=WORD,
)
PERIOD = thing(
    "startDateTime",
    startDateTime=MOMENT,
    endDateTime=MOMENT,
    enrolmentType=WORD,
    enrolmentUrl=WORD,
    queueEnabled={"type": "boolean"},
    queuedNumberStudents=COUNT,
)
ADDRESS = thing("addressType", addressType=one_of("teaching"), city=WORD)

PAGE = thing(
    "pageSize pageNumber hasPreviousPage hasNextPage items",
    pageSize={"type": "integer"},
    pageNumber={"type": "integer", "minimum": 1},
    hasPreviousPage={"type": "boolean"},
    hasNextPage={"type": "boolean"},
    totalPages={"type": "integer"},
    items={"type": "array"},
)
PROBLEM = thing(
    "type status title",
    type=URI,
    title=WORD,
    status={"type": "integer"},
    detail=WORD,
)
SERVICE = thing(
    "contactEmail specification",
    contactEmail={"type": "string", "format": "email", "maxLength": 256},
    specification=URI,
    supportedOperations=many(
        # Version 6.0 describes “verbs” and requires “verb”: both stand there.
        thing("verb path", verb=one_of("GET"), verbs=many(one_of("GET")), path=PATH),
        least=1,
    ),
)
PROGRAMME = thing(
    "programmeId programmeType name primaryCode",
    programmeId=ID,
    primaryCode=CODE,
    programmeType=one_of("programme minor honours specialisation track", ours=True),
    name=TEXTS,
    description=TEXTS,
    teachingLanguages=many(LANGUAGE, least=1),
    studyLoad=many(LOAD),
    qualificationAwarded=one_of("diploma certificate none"),
    formalDocument=one_of("certificate diploma micro_credential_certificate"),
    modeOfStudy=one_of("full_time part_time dual_training self_paced"),
    modesOfDelivery=DELIVERY,
    levelOfQualification=one_of("eqf_[0-8]"),
    fieldsOfStudy={"type": "string", "minLength": 2, "maxLength": 6},
    assessment=TEXTS,
    admissionRequirements=TEXTS,
    qualificationRequirements=TEXTS,
    link=URI,
    otherCodes=many(CODE),
    organisationId=ID,
    validFrom=MOMENT,
)
PROGRAMME_OFFERING = thing(
    "programmeOfferingId primaryCode name",
    programmeOfferingId=ID,
    primaryCode=CODE,
    academicSessionId=ID,
    name=TEXTS,
    abbreviation=SHORT,
    description=TEXTS,
    state=one_of("concept cancelled active inactive"),
    teachingLanguages=many(LANGUAGE, least=1),
    modesOfDelivery=DELIVERY,
    maxNumberStudents=COUNT,
    enrolledNumberStudents=COUNT,
    resultExpected={"type": "boolean"},
    link=URI,
    enrolmentPeriods=many(PERIOD),
    startDateTime=MOMENT,
    endDateTime=MOMENT,
    addresses=many(ADDRESS),
    priceInformation=many(COST, least=1),
    programmeId=ID,
    organisationId=ID,
)
COURSE = thing(
    "courseId name primaryCode",
    courseId=ID,
    primaryCode=CODE,
    name=TEXTS,
    abbreviation=SHORT,
    studyLoad=many(LOAD),
    description=TEXTS,
    fieldsOfStudy={"type": "string", "minLength": 2, "maxLength": 6},
    level=one_of("bachelor master doctoral undefined"),
    assessment=TEXTS,
    programmeIds=many(ID),
    organisationId=ID,
)
COURSE_OFFERING = thing(
    "courseOfferingId primaryCode name",
    courseOfferingId=ID,
    primaryCode=CODE,
    academicSessionId=ID,
    name=TEXTS,
    abbreviation=SHORT,
    teachingLanguages=many(LANGUAGE, least=1),
    modesOfDelivery=DELIVERY,
    resultExpected={"type": "boolean"},
    startDateTime=MOMENT,
    endDateTime=MOMENT,
    courseId=ID,
    programmeOfferingIds=many(ID),
    organisationId=ID,
)
ACADEMIC_SESSION = thing(
    "academicSessionId academicSessionType primaryCode name startDateTime endDateTime",
    academicSessionId=ID,
    academicSessionType=one_of("academic_year semester trimester quarter period"),
    primaryCode=CODE,
    name=TEXTS,
    abbreviation=SHORT,
    startDateTime=MOMENT,
    endDateTime=MOMENT,
)
ORGANISATION = thing(
    "organisationId organisationType name primaryCode",
    organisationId=ID,
    primaryCode=CODE,
    organisationType=one_of("root institute department faculty branch academy school"),
    name=TEXTS,
    shortName=SHORT,
    link=URI,
    parentId=ID,
    rootId=ID,
)


def faults(answer: object, form: Form) -> list[str]:
    checked = Draft202012Validator(form, format_checker=FormatChecker())
    return [f"{one.json_path}: {one.message}" for one in checked.iter_errors(answer)]
