"""Judge a text as its field's kind asks."""

from collections.abc import Callable, Mapping

from domain.series import Field, Kind
from ingest.pipeline.judging.judge_date import judge_date
from ingest.pipeline.judging.judge_kinship import judge_order, judge_relation
from ingest.pipeline.judging.judge_name import judge_name
from ingest.pipeline.judging.judge_number import judge_household_number, judge_national_id
from ingest.pipeline.judging.judge_place import judge_place
from ingest.pipeline.judging.judge_wording import judge_code, judge_free_text
from ingest.pipeline.judging.judgement import Beside, Judgement

JUDGES: Mapping[Kind, Callable[[Field, str, Beside], Judgement]] = {
    "name": judge_name,
    "date": judge_date,
    "place": judge_place,
    "relation": judge_relation,
    "order": judge_order,
    "text": judge_free_text,
    "code": judge_code,
    "national_id": judge_national_id,
    "household_number": judge_household_number,
}


def judge_text(field: Field, text: str, beside: Beside) -> Judgement:
    """Judge what was read in a field."""
    return JUDGES[field.kind](field, text, beside)
