"""What the checks flagged is shown on the desk and on the comparison page, with its place."""

from storage.catalogue.tables import PageImage
from tests.viewer.findings import finding_on
from tests.viewer.walk import assign, only_request, staged
from tests.viewer.world import World


def test_flags_stand_on_the_desk_and_beside_the_comparison(loaded: World) -> None:
    request_id = only_request(loaded).id
    assign(loaded, request_id)
    _, version = staged(loaded, request_id)[0]
    with loaded.house.database.writing() as session:
        image = session.get_one(PageImage, version.image_id)
        image.quality = [
            {
                "check": "fold",
                "verdict": "flag",
                "where": [11, 21, 31, 41],
                "zh": "疑有摺痕。",
                "en": "A crease.",
            },
            {"check": "blur", "verdict": "accept", "where": None, "zh": "清晰。", "en": "Sharp."},
        ]
        session.add(finding_on(image, "shifted", zh="與第 2 頁相同。", en="This is page 2."))
        page_id = image.page_id
    for address in (f"/maintenance/{request_id}", f"/requests/{request_id}/pages/{page_id}"):
        shown = loaded.browser("operator").get(address).text
        assert "疑有摺痕。" in shown
        assert "11, 21, 31, 41" in shown
        assert "與第 2 頁相同。" in shown
        assert "清晰。" not in shown
    assert 'data-box="flag-fold-' in shown
