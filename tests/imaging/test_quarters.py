"""How two derivatives of one master stand to each other, whatever their skew and crop."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imaging.orientation import Quarter
from imaging.quarters import quarters_between
from imaging.transform import for_deskew

SKEW = st.floats(-15, 15)


@pytest.mark.parametrize("turned", get_args(Quarter))
@given(first=SKEW, second=SKEW)
def test_quarters_are_told_from_skew(turned: Quarter, first: float, second: float) -> None:
    lying = for_deskew((2480, 3508), first)
    upright = for_deskew((2480, 3508), second, (100, 200, 2300, 3300)).turned_back(turned)
    assert quarters_between(lying, upright) == turned
    assert quarters_between(upright, lying) == -turned % 360
