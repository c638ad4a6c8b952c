"""Reads durations such as "1h30m"."""

import re

UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}
PART = re.compile(r"(\d+)([dhms])")


def parse(text: str) -> int:
    """Returns the seconds of a duration; raises ValueError for what is none."""
    total = 0
    position = 0
    for match in PART.finditer(text):
        if match.start() != position:
            break
        total += int(match.group(1)) * UNITS[match.group(2)]
        position = match.end()
    if position == 0:
        raise ValueError(f"no duration: {text!r}")
    return total
