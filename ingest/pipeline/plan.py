"""The pure plan of reading a register page: pixels in, a frozen reading out; no file, no database, no clock of day."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from domain.series import Series
from ingest.layout.build_grid import build_grid
from ingest.layout.cells import cells
from ingest.layout.find_rulings import find_rulings
from ingest.layout.separate_seals import separate_seals
from ingest.ocr.port import Recogniser
from ingest.pipeline.assign_fields import Assignment, assign_fields
from ingest.pipeline.make_values import make_value
from ingest.pipeline.read_cells import WrittenCell, read_cells
from ingest.pipeline.read_whole_page import read_whole_page
from ingest.pipeline.results import CellText, PageReading, Value
from ingest.pipeline.second_look import SecondLook, look_again
from ingest.pipeline.straighten_page import StraightPage, straighten_page
