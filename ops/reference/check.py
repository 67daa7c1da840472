#!/usr/bin/env python3
"""Checks the reference data and prints what it is worth; exits 1 on a fault.

    check.py            check both files, print the counts and the roll figures
    check.py --write    write the calendar file anew from notices.tsv, then check
"""
import datetime as dt
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
FIRST, LAST = dt.date(2018, 1, 1), dt.date(2026, 12, 31)
CALENDAR = HERE / f"calendar-cn-{FIRST.year}-{LAST.year}.ndjson"
LPR = HERE / "lpr-1y-2019-2026.ndjson"
ONE = dt.timedelta(days=1)

# Days off and make-up working days by calendar year of the day, as the notices have them.
EXPECTED = {2018: (25, 7), 2019: (22, 6), 2020: (30, 6), 2021: (31, 7), 2022: (32, 7),
            2023: (26, 7), 2024: (28, 8), 2025: (28, 5), 2026: (33, 6)}
# What the make-up days do not give back, by the year that a notice is about: days off on Monday to
# Friday less make-up days. That is the number of statutory holidays: 11, and 13 from 2025; 2020 has
# two more, because the extension added a Friday and took back one make-up Saturday.
NET = {2018: 11, 2019: 11, 2020: 13, 2021: 11, 2022: 11, 2023: 11, 2024: 11, 2025: 13, 2026: 13}

faults = []


def fault(where, text):
    faults.append(f"{where}: {text}")


def to_date(text, where):
    try:
        day = dt.date.fromisoformat(text)
        if day.isoformat() == text:
            return day
    except (TypeError, ValueError):
        pass
    return fault(where, f"not a date: {text!r}")


def weekend(day):
    return day.weekday() >= 5


def line_of(event):
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def mark(day, kind, name, notice, published):
    return {"id": f"ref-cal-{day}", "type": "calendar.day_marked", "agg": "cn",
            "effective": published,
            "data": {"day": str(day), "kind": kind, "x_name": name, "x_source": notice}}


def marks_of_notices():
    """The calendar that notices.tsv describes, sorted by day; also checks that table."""
    marks, net = {}, {}
    for n, line in enumerate((HERE / "notices.tsv").read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        where = f"notices.tsv:{n}"
        notice, published, name, first, last, days, makeup = line.split("\t")
        published, first, last = (to_date(t, where) for t in (published, first, last))
        makeup = [to_date(t, where) for t in makeup.split() if t != "-"]
        if None in (published, first, last, *makeup):
            continue
        if (last - first).days + 1 != int(days):
            fault(where, f"{first} to {last} is not {days} days")
        off = [first + i * ONE for i in range(int(days))]
        for day, kind in [(d, "holiday") for d in off] + [(d, "workday") for d in makeup]:
            if day in marks:
                fault(where, f"{day} is marked twice")
            marks[day] = mark(day, kind, name, notice, str(published))
        net[last.year] = net.get(last.year, 0) + sum(not weekend(d) for d in off) - len(makeup)
    if net != NET:
        fault("notices.tsv", f"days off less make-up days are {net}, expected {NET}")
    return [marks[day] for day in sorted(marks)]


def read_events(path, type_):
    events = []
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path.name}:{n}"
        try:
            event = json.loads(line)
        except ValueError as error:
            fault(where, str(error))
            continue
        if line != line_of(event):
            fault(where, "not in compact form")
        named = event.get("type") == type_ and event.get("agg") == "cn"
        if not named or not isinstance(event.get("data"), dict):
            fault(where, f"not a {type_} event of cn")
            continue
        events.append((where, event))
    if len({e.get("id") for _, e in events}) != len(events):
        fault(path.name, "an id appears twice")
    return events


def check_calendar():
    kinds, last_day = {}, None
    for where, event in read_events(CALENDAR, "calendar.day_marked"):
        data = event["data"]
        if list(event) != ["id", "type", "agg", "effective", "data"] or \
                list(data) != ["day", "kind", "x_name", "x_source"]:
            fault(where, "keys or their order")
            continue
        day, published = to_date(data["day"], where), to_date(event["effective"], where)
        if day is None or published is None:
            continue
        if event["id"] != f"ref-cal-{day}":
            fault(where, "the id does not follow from the day")
        if not FIRST <= day <= LAST:
            fault(where, "day out of range")
        if last_day is not None and day <= last_day:
            fault(where, "not sorted, or twice")
        if not day - dt.timedelta(days=430) <= published <= day or published > dt.date.today():
            fault(where, f"published {published}")
        if data["kind"] not in ("holiday", "workday"):
            fault(where, f"kind {data['kind']!r}")
        if data["kind"] == "workday" and not weekend(day):
            fault(where, "a make-up working day on a weekday")
        if not data["x_source"].startswith("国办发明电〔") or not data["x_name"]:
            fault(where, "no source or name")
        kinds[day], last_day = data["kind"], day
    print("year  days off  make-up days")
    for year, expected in EXPECTED.items():
        of_year = [k for d, k in kinds.items() if d.year == year]
        found = of_year.count("holiday"), of_year.count("workday")
        print(f"{year}  {found[0]:8}  {found[1]:12}")
        if found != expected:
            fault(CALENDAR.name, f"{year} has {found}, expected {expected}")
    text = "".join(line_of(e) + "\n" for e in marks_of_notices())
    if text != CALENDAR.read_text(encoding="utf-8"):
        fault(CALENDAR.name, "is not what notices.tsv gives (--write)")
    return kinds


def check_lpr():
    last = None
    for where, event in read_events(LPR, "rate.published"):
        data = event["data"]
        if (list(event) != ["id", "type", "agg", "data"]
                or list(data) != ["kind", "value_ppm", "from", "x_source"]):
            fault(where, "keys or their order")
            continue
        day, value = to_date(data["from"], where), data["value_ppm"]
        if day is None:
            continue
        if (event["id"] != f"ref-lpr1y-{day}" or data["kind"] != "lpr_1y"
                or str(day) not in data["x_source"]):
            fault(where, "id, kind or source do not fit the date")
        if not dt.date(2019, 8, 20) <= day <= dt.date.today() or not 20 <= day.day <= 28:
            fault(where, f"{day} is no publication day")  # the 20th, later only after days off
        if type(value) is not int or value % 500 or not 10_000 <= value <= 60_000:
            fault(where, f"value {value!r}")
        elif last is not None and (day <= last[0] or not 0 < abs(value - last[1]) <= 3_000):
            fault(where, "dates must rise, values differ by at most 0.30 points")
        last = day, value
    return last


def roll(day, works):
    while not works(day):
        day += ONE
    return day


def effect(kinds):
    """How many days of the range would roll to another due date if only weekends were known."""
    days = [FIRST + i * ONE for i in range((LAST - FIRST).days + 1)]
    shifts = []
    for day in days:
        plain = roll(day, lambda d: not weekend(d))
        right = roll(
            day, lambda d: kinds.get(d, "holiday" if weekend(d) else "workday") == "workday")
        shifts.append((right - plain).days)
    wrong = [s for s in shifts if s]
    early, late = [s for s in wrong if s > 0], [s for s in wrong if s < 0]
    print(f"\ndue dates that weekends alone roll wrongly: {len(wrong)} of {len(days)} days "
          f"= {100 * len(wrong) / len(days):.2f} %")
    print(f"  too early {len(early)} (by up to {max(early, default=0)} days), "
          f"too late {len(late)} (by up to {-min(late, default=0)} days)")


def main(args):
    if args not in ([], ["--write"]):
        sys.exit(__doc__)
    if args:
        lines = "".join(line_of(e) + "\n" for e in marks_of_notices())
        CALENDAR.write_text(lines, encoding="utf-8")
    effect(check_calendar())
    last = check_lpr()
    told = f"last change {last[0]}, {last[1] / 10_000:.2f} %" if last else "none"
    print(f"\n1-year LPR: {told}")
    for text in faults:
        print("fault:", text, file=sys.stderr)
    print("faults:", len(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
