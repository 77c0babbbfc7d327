"""huji models: the recognition models here, their makers, and whether they are those registered."""

import json
import os
import sys
from collections.abc import Collection
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from huji.cli.forbid_engine import FORBID_ENGINE, engines_forbidden
from ingest.ocr.check_models import ModelCheck, check_models, model_folders

STATES = {
    "registered": "登記相符 registered",
    "unregistered": "與登記不符 NOT the registered file",
    "absent": "未安裝 absent",
}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@FORBID_ENGINE
def models(as_json: bool, forbidden: tuple[str, ...]) -> None:
    """List the recognition models with maker, country, licence, origin and checksum (模型登記).

    The exit status is 1 if an installed model of an engine that is not forbidden is not the registered one.

    \b
    Examples:
      huji models
      huji models --json --forbid-engine rapidocr
    """
    banned = engines_forbidden(forbidden)
    checks = check_models(_folders())
    if as_json:
        click.echo(json.dumps([_described(check, banned) for check in checks], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_told(check, banned) for check in checks))
    if any(check.state == "unregistered" and check.model.engine not in banned for check in checks):
        sys.exit(1)


def _folders() -> dict[str, tuple[Path, ...]]:
    """Give the engines' folders; Tesseract's own variable comes first, as it does for Tesseract."""
    folders = model_folders()
    prefix = os.environ.get("TESSDATA_PREFIX")
    return {**folders, "tesseract": (Path(prefix), *folders["tesseract"])} if prefix else folders


def _described(check: ModelCheck, banned: Collection[str]) -> dict[str, Any]:
    return {
        **asdict(check.model),
        "state": check.state,
        "found_sha256": check.sha256,
        "forbidden": check.model.engine in banned,
    }


def _told(check: ModelCheck, banned: Collection[str]) -> str:
    model = check.model
    use = "  ·  已禁用 forbidden" if model.engine in banned else ""
    return (
        f"{model.name} ({model.engine}): {STATES[check.state]}{use}\n"
        f"  {model.maker}, {model.country}; {model.licence}; {model.origin}\n"
        f"  {model.purpose}; {model.file} sha256 {check.sha256 or '–'}"
    )
