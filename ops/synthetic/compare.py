#!/usr/bin/python3
"""Compare every statistic cell of a daemon with a manifest, and the years with what was published.

    ops/synthetic/compare.py MANIFEST.json PROFILE     (ACCRUE_URL: the daemon)

Prints what was compared. Ends with 1 if a cell differs, with the first that do.
"""

import json
import os
import subprocess
import sys

ACCRUE = os.path.join(os.environ.get("ACCRUE_BIN_DIR", ""), "accrue")

# Published (the counts of 2018, 2020 and 2022: recalled, consistent with the published ones):
# contracts, and turnover in fen.
TABLE = {2018: (411985, 176974200000000), 2019: (484077, 223983900000000),
         2020: (549353, 282515100000000), 2021: (670506, 372943000000000),
         2022: (772507, 477910200000000)}
SELLERS_ABROAD = {2018: 5601740100000, 2019: 6491493200000, 2020: 9577293700000,
                  2021: 13361968900000, 2022: 20299556000000}
BUYERS_ABROAD_2019 = 20900000000000
SERVICE_PERMILLE_10 = {2019: 5544}  # per 10,000
BEIJING_PERMILLE_10 = {2018: 2890, 2019: 2619, 2020: 2310, 2021: 1950, 2022: 1740}
JIANGSU_2021 = (82555, 30135600000000)
ENTERPRISE_2022 = {"kind_out": (447801857400000, 937), "kind_in": (395709645600000, 828)}
ENTERPRISES = ("ent_domestic", "ent_hmt", "ent_foreign", "overseas_org")
FIGURES = ("count", "turnover", "tech", "average", "count_growth_permille",
           "turnover_growth_permille")

failures = []


def same(what, got, wanted):
    if got != wanted:
        failures.append("%s: %s, and should be %s" % (what, got, wanted))


def stats(*options):
    done = subprocess.run([ACCRUE, "stats", "--json", "--timeout", "600", *options],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit("accrue stats %s: %s%s" % (" ".join(options), done.stdout, done.stderr))
    return json.loads(done.stdout)


def known_keys():
    """The keys that this daemon groups by: it names them when asked for one that is none."""
    done = subprocess.run([ACCRUE, "stats", "--json", "--by", "none.of.them"], check=False,
                          capture_output=True, text=True)
    try:
        return set(json.loads(done.stdout)["error"]["legal"])
    except (ValueError, KeyError):
        sys.exit("accrue stats does not name its keys: " + done.stdout + done.stderr)


def compare_rows(name, wanted, got, keys):
    """Cells of one answer; the number of figures that were compared."""
    def by_key(rows):
        return {tuple(row[key] for key in keys): row for row in rows}

    ours, theirs = by_key(wanted), by_key(got)
    same(name + " keys", sorted(map(str, theirs.keys() - ours.keys())), [])
    same(name + " missing", sorted(map(str, ours.keys() - theirs.keys())), [])
    compared = 0
    for key in ours.keys() & theirs.keys():
        for figure in FIGURES:
            same("%s %s %s" % (name, key, figure), theirs[key].get(figure), ours[key].get(figure))
            compared += 1
    return compared


def compare_manifest(manifest):
    compared = 0
    skipped = set()
    known = known_keys()
    covered = set()
    for answer in manifest["answers"]:
        keys = answer["by"].split(",")
        if not known.issuperset(keys):
            skipped.update(set(keys) - known)
            continue
        covered.update(keys)
        got = stats("--by", answer["by"], "--basis", answer["basis"])
        name = "%s by %s" % (answer["basis"], answer["by"])
        compared += compare_rows(name, answer["rows"], got["rows"], keys)
        total = {figure: sum(row[figure] for row in answer["rows"])
                 for figure in ("count", "turnover", "tech")}
        same(name + " total", {figure: got["total"][0][figure] for figure in total}, total)
    if not covered:
        sys.exit("the manifest has no answer that this daemon gives")
    print("%d figures in %d answers are those of the manifest" %
          (compared, len(manifest["answers"])))
    if skipped:
        print("not a key of this daemon: " + ", ".join(sorted(skipped)))
    if known - covered:
        print("not tallied by the manifest: " + ", ".join(sorted(known - covered)))


def rounded(numerator, denominator):
    """Half away from zero; both positive."""
    return (2 * numerator + denominator) // (2 * denominator)


def growth(now, before):
    return rounded((now - before) * 1000, before)


def rows_by(by):
    keys = by.split(",")
    return {tuple(row[key] for key in keys): row for row in stats("--by", by)["rows"]}


def compare_published(divisor):
    years = rows_by("year")
    for year, (count, fen) in TABLE.items():
        row = years[(year,)]
        same("contracts %d" % year, row["count"], rounded(count, divisor))
        same("turnover %d" % year, row["turnover"], fen // divisor)
    same("years", sorted(years), [(year,) for year in sorted(TABLE)])
    for key, (fen, permille) in ENTERPRISE_2022.items():
        sides = rows_by("year," + key)
        sold = sum(sides[(2022, kind)]["turnover"] for kind in ENTERPRISES if (2022, kind) in sides)
        same("enterprises 2022 " + key, sold, fen // divisor)
        same("share 2022 " + key, rounded(sold * 1000, years[(2022,)]["turnover"]), permille)
    regions = rows_by("year,region_out")
    types = rows_by("year,type")
    for year, fen in SELLERS_ABROAD.items():
        abroad = regions[(year, "00")]["turnover"]
        same("sellers abroad %d" % year, abroad, fen // divisor)
        provinces = years[(year,)]["turnover"] - abroad
        same("Beijing %d" % year, regions[(year, "11")]["turnover"],
             rounded(provinces * BEIJING_PERMILLE_10[year], 10000))
    for year, share in SERVICE_PERMILLE_10.items():
        same("services %d" % year, types[(year, "service")]["turnover"],
             years[(year,)]["turnover"] * share // 10000)
    jiangsu = regions[(2021, "32")]
    same("Jiangsu 2021", (jiangsu["count"], jiangsu["turnover"]),
         (rounded(JIANGSU_2021[0], divisor), JIANGSU_2021[1] // divisor))
    same("buyers abroad 2019", rows_by("year,region_in")[(2019, "00")]["turnover"],
         BUYERS_ABROAD_2019 // divisor)
    print("table 6.1, sellers and buyers abroad, enterprises 2022 (93.7 % of output, 82.8 % of "
          "absorption), Beijing, Jiangsu 2021, services 2019: to the fen")
    return years


def compare_growth(years):
    """Growth 2018 to 2022 from exact figures, and from those that are displayed."""
    first, last = years[(2018,)], years[(2022,)]
    exact = (growth(last["count"], first["count"]), growth(last["turnover"], first["turnover"]))
    same("growth, exact", exact, (875, 1700))
    # 41.20 and 77.3 in ten thousand contracts, 1.77 and 4.78 in million million yuan
    counts = (rounded(first["count"], 100), rounded(last["count"], 1000) * 10)
    money = (rounded(first["turnover"], 10**12), rounded(last["turnover"], 10**12))
    same("displayed", counts + money, (4120, 7730, 177, 478))
    shown = (growth(counts[1], counts[0]), growth(money[1], money[0]))
    same("growth, of the displayed", shown, (876, 1701))
    print("growth 2018 to 2022: 87.5 % and 170.0 %; from the displayed figures 87.6 % and 170.1 %")


def main():
    if len(sys.argv) != 3 or sys.argv[2] not in ("ci", "lean", "full"):
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        compare_manifest(json.load(file))
    years = compare_published(100 if sys.argv[2] == "ci" else 1)
    if sys.argv[2] != "ci":
        compare_growth(years)
    for failure in failures[:20]:
        print(failure, file=sys.stderr)
    if failures:
        sys.exit("%d differences" % len(failures))


main()
