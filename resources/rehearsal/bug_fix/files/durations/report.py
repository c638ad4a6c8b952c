"""Adds up the durations of a timesheet."""

from durations.parse import parse


def total(entries: list[str]) -> str:
    """Returns the sum of the entries as hours and minutes, such as "7h 05m"."""
    minutes = sum(parse(entry) for entry in entries) // 60
    return f"{minutes // 60}h {minutes % 60:02d}m"
