"""Reads and adds up durations such as "1h30m"."""
