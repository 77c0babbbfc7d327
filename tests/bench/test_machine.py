"""What is said of the machine that figures were measured on."""

import platform

from bench.machine import machine, processor


def test_a_machine_is_told_with_what_its_core_does() -> None:
    told = machine()

    assert told["cores"] >= 1
    assert told["processor"] == processor() != ""
    assert told["python"] == platform.python_version()
    # The slowest core that runs all this does one product of two numbers in a nanosecond or so.
    assert 0.1 < told["core_gigaflops"] < 1000
