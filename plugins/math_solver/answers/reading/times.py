"""Dates and times of day: ``June 20``, ``20th of June``, 6月20日, ``3:45 p.m.``, 下午3点半."""

from __future__ import annotations

import re
from fractions import Fraction

from ..values.tree import Answer, Clock, Date, Num, Ratio, Value

__all__ = ["read_time"]

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+|\s*(?:星期|周)[一二三四五六日天]\s*)?"
_DAY = r"(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<year>\d{4}))?"
_DATES = [
    re.compile(pattern, re.I | re.ASCII)
    for pattern in (
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY}{_YEAR}",
        rf"{_WEEKDAY}{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}",
        rf"(?:(?P<year>\d{{4}})\s*年\s*)?(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*[日号]{_WEEKDAY}",
        r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
    )
]
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap])\.?\s*m\.?", re.I | re.ASCII)
_CHINESE_CLOCK = re.compile(
    r"(?P<half>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上)\s*(?P<hour>\d{1,2})\s*[:时点](?:(?P<minute>\d{1,2})分?|半|整)?",
    re.ASCII,
)
_HALF_UNSAID = re.compile(r"(?P<hour>\d{1,2})\s*(?:点(?:(?P<minute>\d{1,2})分?|半|整)|o'?clock)", re.I | re.ASCII)
_NAMED = {"noon": 720, "12 noon": 720, "12:00 noon": 720, "midday": 720, "midnight": 0, "12 midnight": 0, "正午": 720}
_AFTER_NOON = ("p", "下午", "傍晚", "晚上")
_NOON = 12
_LATE_MORNING = 11  # 中午11点 is before noon, 中午1点 after it; 中午12点 is noon, 晚上12点 midnight
_LONGEST_MONTH = 31


def read_time(text: str) -> Answer | None:
    """Return a date or a time of day; a time that does not say which half of the day is the ratio ``3:45``."""
    if text.casefold() in _NAMED:
        return Clock(_NAMED[text.casefold()])
    for pattern in _DATES:
        found = pattern.fullmatch(text)
        if found:
            return _date(found)
    found = _CLOCK.fullmatch(text) or _CHINESE_CLOCK.fullmatch(text)
    if found:
        return _clock(found)
    found = _HALF_UNSAID.fullmatch(text)
    return Ratio(tuple(Value(Num(Fraction(part))) for part in _hour_and_minute(found)), True) if found else None


def _date(found: re.Match[str]) -> Date | None:
    name, day = found["month"].casefold(), int(found["day"])
    month = int(name) if name.isdecimal() else next(i for i, full in enumerate(_MONTHS, 1) if full.startswith(name))
    if not 1 <= month <= len(_MONTHS) or not 1 <= day <= _LONGEST_MONTH:
        return None
    return Date(month, day, int(found["year"]) if found["year"] else None)


def _clock(found: re.Match[str]) -> Clock | None:
    hour, minute = _hour_and_minute(found)
    if hour > _NOON or minute >= 60:
        return None
    half, twelve = found["half"].casefold(), hour == _NOON
    after_noon = half in _AFTER_NOON and not (half == "晚上" and twelve)
    after_noon |= half == "中午" and (hour < _LATE_MORNING or twelve)
    return Clock(60 * (hour % _NOON + _NOON * after_noon) + minute)


def _hour_and_minute(found: re.Match[str]) -> tuple[int, int]:
    return int(found["hour"]), 30 if "半" in found.group() else int(found["minute"] or 0)
