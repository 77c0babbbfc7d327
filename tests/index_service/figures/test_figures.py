"""The numbers add up, and each party sees its own."""

from access.principal import Principal
from domain.roles import Role
from index_service.editions.queries import current_edition
from index_service.figures.queries import read_figures
from storage.database.session import Database
from storage.organisations.tables import LocalGovernment
from tests.index_service.scene import NOW, after, find_scene, set_scene
from tests.index_service.walk import begin_correction, begin_load, correct, load, published
from tests.services.kept import Holding


def test_figures_count_what_is_in_sight(holding: Holding) -> None:
    database = holding(published, "陳大 陳二", "林三")
    with database.writing() as session:
        scene = find_scene(session)
        correct(session, scene, "陳大", "陳太")
        begin_correction(session, scene, "陳二", "陳仁")
        begin_load(session, scene, [["王四"]])
        edition = current_edition(session)
        seen = read_figures(session, actor=scene.ministry, edition=edition, at=NOW)
        counts = {(one.kind, one.state): one.count for one in seen.requests}
        assert counts == {
            ("first_load", "published"): 1,
            ("first_load", "accepted"): 1,
            ("index_correction", "published"): 1,
            ("index_correction", "in_maintenance"): 1,
        }
        assert (seen.editions, seen.published_pages, seen.published_entries) == (2, 2, 3)
        assert seen.pages_by_state == {"done": 3}
        assert seen.median_days == 0.0
        assert seen.on_time_share == 1.0
        assert seen.overdue == 0
        late = read_figures(session, actor=scene.ministry, edition=edition, at=after(days=30))
        assert late.overdue == 2
        nothing = read_figures(session, actor=scene.other_clerk, edition=edition, at=NOW)
        assert (nothing.requests, nothing.published_entries, nothing.median_days) == ([], 0, None)


def test_a_local_government_sees_its_offices(database: Database) -> None:
    with database.writing() as session:
        scene = set_scene(session)
        government = LocalGovernment(code="65000", name="新北市政府")
        session.add(government)
        session.flush()
        load(session, scene, [["陳大"]])
        supervisor = Principal(
            kind="account",
            name="新北市政府",
            roles=frozenset({Role.LOCAL_GOVERNMENT}),
            local_government_id=government.id,
        )
        assert read_figures(session, actor=supervisor, edition=1, at=NOW).published_entries == 0
        scene.office.local_government_id = government.id
        session.flush()
        assert read_figures(session, actor=supervisor, edition=1, at=NOW).published_entries == 1
