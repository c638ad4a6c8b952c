"""Tests of the package durations."""
