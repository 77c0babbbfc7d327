"""Have the C library keep the memory of one page's pixels for the next."""

import ctypes
import sys

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD = -1, -2, -3  # as malloc.h numbers them
_KEPT = 256 << 20
_AT_ONCE = 64 << 20
_LARGEST = 32 << 20  # more than a page of A4 at 300 ppi in colour; the C library allows no more


def keep_memory() -> bool:
    """Let this process keep up to 256 MiB that it has freed; return whether the C library can.

    glibc hands every large array back to the system, which then has to clear the same memory for the next
    one: a thirtieth of a page's time. What is larger than 32 MiB is still handed back. To be called once
    where a process starts; elsewhere than on Linux with glibc nothing happens.
    """
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    asked = ((_MMAP_THRESHOLD, _LARGEST), (_TRIM_THRESHOLD, _KEPT), (_TOP_PAD, _AT_ONCE))
    results = [mallopt(option, size) for option, size in asked]  # every one is to be asked
    return results == [1] * len(asked)
