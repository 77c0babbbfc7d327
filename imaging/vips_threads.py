"""How many threads libvips may use."""

import pyvips


def limit_vips_threads(count: int) -> None:
    """Set libvips's threads for this whole process, 1 or more; 0 gives libvips's own default back.

    To be called once where a process starts: workers share a machine by processes, not by threads.
    """
    pyvips.vips_lib.vips_concurrency_set(count)
