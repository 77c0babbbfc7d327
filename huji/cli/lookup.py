"""huji lookup: look a person up, on the record, from the command line."""

import json
import uuid
from pathlib import Path

import click

from access.http.problems import Forbidden
from access.permissions import Permission
from access.principal import Principal
from domain.series import load_series
from huji.cli.acting import acting_party
from huji.cli.admin.telling import house_at_hand, telling_problems
from huji.wiring import House
from index_service.lookups.operations.look_up import Answer, look_up
from index_service.lookups.operations.open_case import open_case
from index_service.search.query import Query


@click.command()
@click.option("--name", default="", help="姓名; ? one character, * any, ■ □ unreadable.")
@click.option("--place", default="", help="地點, anywhere in an address.")
@click.option("--date", default="", help="日期 in any calendar: 明治三十八年, 1905, 明治30年~大正元年.")
@click.option("--volume", default="", help="冊號.")
@click.option("--page", default="", help="頁次, with its volume.")
@click.option("--as-of", type=int, help="版次: as that edition stood.")
@click.option("--case", "case_id", type=click.UUID, help="An open case; or give --purpose and --case-number.")
@click.option("--purpose", default="", help="目的, to open a case.")
@click.option("--case-number", default="", help="案號, to open a case.")
@click.option("--legal-basis", default="", help="法令依據 (an agency's stands in its agreement).")
@click.option("--key-file", type=click.Path(exists=True, path_type=Path), help="File of an agency's API key.")
@click.option("--user", help="An account's user name.")
@click.option(
    "--password",
    envvar="HUJI_PASSWORD",
    help="Better left out: asked for, or HUJI_PASSWORD; others on this machine can read a command line.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@telling_problems
def lookup(
    case_id: uuid.UUID | None,
    purpose: str,
    case_number: str,
    legal_basis: str,
    key_file: Path | None,
    user: str | None,
    password: str | None,
    as_of: int | None,
    as_json: bool,
    name: str,
    place: str,
    date: str,
    volume: str,
    page: str,
) -> None:
    """Look a person up. The look is recorded before anything is read, and what it shows before it is shown.

    \b
    Example:
      huji lookup --key-file agency.key --purpose 遺產稅查核 \\
          --case-number 115-稅-0001 --name 陳?明 --json
    """
    house = house_at_hand()
    query = Query(name=name, place=place, date=date, volume=volume, page=page)
    query.check()
    actor = acting_party(house, key_file, user, password)
    _check(actor)
    case = case_id or _open(house, actor, purpose, case_number, legal_basis)
    answer = look_up(
        house.database, actor=actor, case_folder_id=case, query=query, as_of=as_of, now=house.now
    )
    click.echo(json.dumps(_document(answer), ensure_ascii=False) if as_json else _readable(answer))


def _check(actor: Principal) -> None:
    if not actor.may(Permission.LOOKUP_SEARCH):
        raise Forbidden("not_permitted", "您的角色無查詢權限。", "Your role may not look people up.")


def _open(house: House, actor: Principal, purpose: str, case_number: str, legal_basis: str) -> uuid.UUID:
    with house.database.writing() as session:
        folder = open_case(
            session,
            actor=actor,
            purpose=purpose,
            case_number=case_number,
            legal_basis=legal_basis,
            at=house.now(),
        )
        return folder.id


def _document(answer: Answer) -> dict[str, object]:
    return {
        "lookup": str(answer.lookup_id),
        "edition": answer.edition,
        "receipt": answer.receipt,
        "more": answer.more,
        "hits": [
            {
                "entry": str(hit.entry_id),
                "version": str(hit.version_id),
                "rule": hit.rule,
                "fields": {key: value["text"] for key, value in hit.fields.items()},
            }
            for hit in answer.hits
        ],
    }


def _readable(answer: Answer) -> str:
    lines = [f"收據 Receipt {answer.receipt}, 第 {answer.edition} 版, {len(answer.hits)} 筆"]
    for hit in answer.hits:
        series = load_series(hit.series_key)
        shown = "  ".join(f"{series.field(key).label} {value['text']}" for key, value in hit.fields.items())
        lines.append(f"[{hit.rule}] {shown}")
    if answer.more:
        lines.append("尚有其他結果，請縮小範圍。 There are more: narrow the question.")
    return "\n".join(lines)
