"""A volume mixes forms, faces and skews, and every seed makes another one."""

from functools import partial

from bench.pages import DrawnPage, draw_volume

small = partial(draw_volume, width=600, height=425)


def person_labels(page: DrawnPage) -> list[str]:
    cells = [cell for cell in page.truth.cells if cell.kind == "label" and cell.part == "person"]
    return [cell.text for cell in sorted(cells, key=lambda cell: cell.row)]


def test_the_orders_of_rows_differ(small_volume: list[DrawnPage]) -> None:
    orders = {page.truth.form: tuple(page.truth.entries[0]) for page in small_volume}
    assert len(set(orders.values())) >= 2
    assert len({frozenset(order) for order in orders.values()}) >= 2, "some form must lack a row of another"


def test_the_labels_differ(small_volume: list[DrawnPage]) -> None:
    labels = {label for page in small_volume for label in person_labels(page)}
    assert {"氏名", "姓名", "生年月日", "出生年月日"} <= labels


def test_three_faces_and_both_turns(small_volume: list[DrawnPage]) -> None:
    assert len({page.truth.face for page in small_volume}) >= 3
    skews = [page.truth.skew_deg for page in small_volume]
    assert min(skews) < 0 < max(skews)
    assert all(-4 <= skew <= 4 for skew in skews)


def test_people_stand_right_to_left_head_first(small_volume: list[DrawnPage]) -> None:
    for page in small_volume:
        names = [cell for cell in page.truth.cells if cell.field == "name" and cell.kind == "value"]
        lefts = [cell.box.x0 for cell in names]
        assert lefts == sorted(lefts, reverse=True)
        told = [entry["name"] for entry in page.truth.entries]
        assert [cell.text for cell in names if cell.text] == told
        assert told[0] == page.truth.household["head"]


def test_six_to_eight_people_a_page(small_volume: list[DrawnPage]) -> None:
    assert all(6 <= len(page.truth.entries) <= 8 for page in small_volume)


def test_the_same_seed_tells_the_same() -> None:
    first = [page.truth for page in small(2, 3)]
    assert first == [page.truth for page in small(2, 3)]


def test_a_longer_volume_begins_like_a_shorter_one() -> None:
    longer = [page.truth for page in small(3, 3)]
    assert [page.truth for page in small(2, 3)] == longer[:2]


def test_no_two_seeds_draw_the_same_volume() -> None:
    volumes = [tuple(p.truth.entries[0]["name"] for p in small(2, seed)) for seed in range(4)]
    assert len(set(volumes)) == 4
