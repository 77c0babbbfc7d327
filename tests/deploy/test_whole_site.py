"""All of docker-compose.yml as plain processes: every health check, and a page's way through the proxy."""

import json
import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.deploy.compose_processes import processes
from tests.deploy.prepare_database import prepare_database
from tests.deploy.run_processes import COMPOSE, Runner, loopback_ports
from tests.deploy.visit_site import Site, until
from tests.ingest.pages import small_page
from tests.services.processes import private_folder

OFFICE, VOLUME = "63000070", "艋舺-0001"
PASSWORD = secrets.token_urlsafe(12)
_PAGE_SECONDS = 90


@pytest.fixture
def site() -> Iterator[Site]:
    """Every service of the file, healthy, on private loopback ports under a private folder."""
    ports = loopback_ports()
    origin = f"http://127.0.0.1:{ports['proxy', 8080]}"
    names = ("HUJI_DATABASE_PASSWORD", "HUJI_REDIS_PASSWORD", "HUJI_S3_ACCESS_KEY", "HUJI_S3_SECRET_KEY")
    variables = {name: secrets.token_hex(16) for name in names} | {"HUJI_PUBLIC_ORIGIN": origin}
    with private_folder("site") as folder:
        runner = Runner(folder)
        services = processes(COMPOSE, variables=variables, ports=ports, home=folder)
        services["database"] = prepare_database(runner, services["database"])
        with runner.running_all(services):
            yield Site(origin, services, runner)


def enrol(site: Site) -> Path:
    """Set the site up as its administrator does; returns where the station's key is."""
    key_file = site.runner.folder / "station.key"
    site.huji("admin", "add-office", OFFICE, "臺北市萬華區戶政事務所")
    site.huji("admin", "enrol-station", "S-01", "萬華掃描站", "--office", OFFICE, "--key-file", str(key_file))
    site.huji("admin", "register-volume", VOLUME, "--office", OFFICE, "--series", "colonial_register")
    for user, words in {
        "crew": ("--role", "station", "--office", OFFICE, "--station", "S-01"),
        "ministry": ("--role", "ministry_clerk"),
    }.items():
        site.huji("admin", "add-account", user, "--name", "林站員", *words, HUJI_NEW_PASSWORD=PASSWORD)
    return key_file


def draw_scans(folder: Path) -> Path:
    """Draw two small register pages."""
    folder.mkdir()
    for seed in (1, 2):
        (folder / f"{seed:04}.png").write_bytes(small_page(seed)[0])
    return folder


def test_a_page_goes_through_the_whole_site(site: Site) -> None:
    """Enrol, upload, process, sign in, look at it; every check of health and of the audit chain passes."""
    key_file = enrol(site)
    report = site.upload(draw_scans(site.runner.folder / "scans"), VOLUME, key_file)
    assert len(report["stored"]) == 2
    assert not report["refused"]
    assert re.search(r"PUT /huji-pages/incoming/\S+ 200 ", site.runner.log(site.services["proxy"]))

    wait_until_processed(site, report["batch"], key_file)
    see_the_batch(site, report["batch"])
    see_an_image(site, report["batch"])

    sealed = json.loads(site.huji("audit", "verify", "--json"))
    assert sealed["intact"]
    assert sealed["sealed"] > 0
    asked = [service for service in site.services.values() if service.health]
    assert len(asked) == len(site.services) - 1
    assert [service.name for service in asked if not site.runner.is_healthy(service)] == []


def wait_until_processed(site: Site, batch: str, key_file: Path) -> None:
    """Ask as the station does until both pages are done."""
    key = {"Authorization": f"Bearer {key_file.read_text().strip()}"}
    with httpx.Client(base_url=site.origin, headers=key, timeout=30) as station:

        def is_done() -> bool:
            pages = station.get(f"/api/v1/ingest/batches/{batch}").raise_for_status().json()["pages"]
            assert pages.keys() <= {"expected", "pending", "done"}, pages
            return bool(pages.get("done") == 2)

        until(is_done, _PAGE_SECONDS, "processing two pages")


def see_the_batch(site: Site, batch: str) -> None:
    """The station's crew signs in and reads the batch's page."""
    with site.signed_in("crew", PASSWORD) as browser:
        page = browser.get(f"/batches/{batch}")
    assert page.status_code == httpx.codes.OK
    assert VOLUME in page.text
    assert "default-src 'self'" in page.headers["content-security-policy"]


def see_an_image(site: Site, batch: str) -> None:
    """The ministry finds the batch's request through the API and opens an image of it on the screens."""
    with site.signed_in("ministry", PASSWORD) as browser:
        (request,) = browser.get("/api/v1/requests", params={"kind": "first_load"}).json()["requests"]
        assert request["batch_id"] == batch
        work = browser.get(f"/api/v1/requests/{request['id']}").json()
        staged = browser.get(f"/api/v1/change-sets/{work['change_set_id']}/changes").json()["changes"]
        assert staged
        picture = browser.get(f"/images/{staged[0]['version']['image_id']}/page.jpg")
    assert picture.headers["content-type"] == "image/jpeg"
    assert len(picture.content) > 40_000  # more than the proxy keeps in memory
