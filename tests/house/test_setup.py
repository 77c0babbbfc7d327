"""Set-up without a machine to spare: what deploy/setup says and does where packages are missing."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from bench.pages.read_data import read_toml
from tests.house.tree import ROOT

_LISTED = re.compile(r"^[a-z0-9.+-]+ +(?:python|package|command:[a-z-]+|file:/\S+)$")


def stub(folder: Path, name: str, script: str) -> None:
    """Put a program of that name into a folder that will lead the search path."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def bare_machine(tmp_path: Path) -> dict[str, str]:
    """Environment of a machine where no font is installed and nobody may become root."""
    stub(tmp_path, "dpkg-query", "exit 1")
    stub(tmp_path, "id", "echo 1000")
    stub(tmp_path, "sudo", "exit 1")
    stub(tmp_path, "apt-get", "echo apt-get must not run >&2; exit 9")
    return {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}


def test_without_root_one_message_lists_what_is_missing(bare_machine: dict[str, str]) -> None:
    """The message names the packages and the command, and nothing is tried."""
    ran = subprocess.run(["deploy/setup", "demo"], cwd=ROOT, env=bare_machine, capture_output=True, text=True)
    assert ran.returncode == 1
    assert "apt-get install --no-install-recommends" in ran.stderr
    faces = read_toml("faces")["face"]
    assert all(face["package"] in ran.stderr for face in faces)
    assert "must not run" not in ran.stderr
    assert len(ran.stderr.splitlines()) == 2


def test_the_demo_needs_no_test_package(bare_machine: dict[str, str]) -> None:
    """No browser, no PostgreSQL, no Tesseract is asked for by the demo."""
    ran = subprocess.run(["deploy/setup", "demo"], cwd=ROOT, env=bare_machine, capture_output=True, text=True)
    assert not re.search("chromium|postgresql|tesseract", ran.stderr)


def test_a_wrong_profile_is_refused() -> None:
    """The usage is said."""
    ran = subprocess.run(["deploy/setup", "moon"], cwd=ROOT, capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (1, "setup: usage: deploy/setup demo | test | peers\n")


@pytest.mark.parametrize("profile", ["demo", "test"])
def test_package_lists_are_well_formed(profile: str) -> None:
    """Each line is a package and a known probe."""
    lines = (ROOT / "deploy" / "packages" / f"{profile}.txt").read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line and not line.startswith("#")]
    assert entries
    assert all(_LISTED.match(entry) for entry in entries)


def test_make_help_names_every_target() -> None:
    """What a person may call is listed."""
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {"setup", "demo", "test", "check", "lock", "clean"} <= {
        line.split()[0] for line in shown.stdout.splitlines()
    }


@pytest.mark.parametrize("script", ["deploy/setup", "deploy/lock", ".ci/run"])
def test_scripts_are_sound(script: str) -> None:
    """Each is executable, strict, and parses."""
    path = ROOT / script
    assert os.access(path, os.X_OK)
    assert "set -euo pipefail" in path.read_text(encoding="utf-8")
    subprocess.run(["bash", "-n", path], check=True)
