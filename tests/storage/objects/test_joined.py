"""Which versions of sent parts count."""

from storage.objects.joined import newest_parts
from storage.objects.ports import UploadedPart

OLD, NEW = "2026-11-21 01:00:00", "2026-11-21 01:00:01"


def test_the_last_version_counts_in_whatever_order_they_are_listed() -> None:
    first, last = UploadedPart(1, "a", 1), UploadedPart(1, "b", 2)
    assert newest_parts([(first, OLD), (last, NEW)]) == [last]
    assert newest_parts([(last, NEW), (first, OLD)]) == [last]


def test_the_same_bytes_sent_twice_are_one_part() -> None:
    part = UploadedPart(1, "a", 1)
    assert newest_parts([(part, NEW), (part, NEW), (UploadedPart(1, "z", 9), OLD)]) == [part]


def test_different_bytes_of_one_second_are_left_to_be_sent_again() -> None:
    doubtful = [(UploadedPart(2, "a", 1), NEW), (UploadedPart(2, "b", 1), NEW)]
    sure = UploadedPart(1, "c", 1)
    assert newest_parts([*doubtful, (sure, OLD)]) == [sure]
    resent = UploadedPart(2, "b", 1)
    assert newest_parts([*doubtful, (resent, "2026-11-21 01:00:05")]) == [resent]


def test_parts_come_by_number() -> None:
    parts = [UploadedPart(number, "a", 1) for number in (10, 2, 1)]
    assert [part.number for part in newest_parts((part, OLD) for part in parts)] == [1, 2, 10]
