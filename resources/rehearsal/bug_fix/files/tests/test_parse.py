import unittest

from durations.parse import parse
from durations.report import total


class ParseTest(unittest.TestCase):
    def test_one_part(self):
        self.assertEqual(parse("45m"), 2700)

    def test_several_parts(self):
        self.assertEqual(parse("1h30m"), 5400)
        self.assertEqual(parse("1d2h3m4s"), 93784)

    def test_nothing_is_refused(self):
        with self.assertRaises(ValueError):
            parse("")


class TotalTest(unittest.TestCase):
    def test_adds_up(self):
        self.assertEqual(total(["3h30m", "3h35m"]), "7h 05m")


if __name__ == "__main__":
    unittest.main()
