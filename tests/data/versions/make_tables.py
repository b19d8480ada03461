#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes tags.tsv and order.tsv beside it, which version_corpus_test reads. Needs `packaging`, the reference of PEP 440:
    python3 -m venv venv && venv/bin/pip install packaging==26.4 && venv/bin/python make_tables.py
All tags are invented. What of a tag is prefix and what version is said here by hand. What a version means is said by
the regular expression of semver.org (question 18 of its FAQ), else by packaging, and only where both have no word for
it by hand: `+` for a prerelease, `=` for a stable version. The same marks overrule SemVer where it takes a word such as
"-final" for a prerelease."""
import functools
import pathlib
import re

from packaging.version import InvalidVersion, Version

# A line: tag, prefix, version (`-` for none), and a mark.
TAGS = """
# SemVer
v0.0.1 - 0.0.1
v1.2.3 - 1.2.3
1.2.3 - 1.2.3
V1.2.3 - 1.2.3
v10.20.30 - 10.20.30
v99999999999999999999999.999999999999999999.99999999999999999 - 99999999999999999999999.999999999999999999.99999999999999999
v1.0.0-alpha - 1.0.0-alpha
v1.0.0-alpha.1 - 1.0.0-alpha.1
v1.0.0-alpha.beta - 1.0.0-alpha.beta
v1.0.0-alpha0.valid - 1.0.0-alpha0.valid
v1.0.0-0A.is.legal - 1.0.0-0A.is.legal
v1.0.0-rc.1 - 1.0.0-rc.1
v1.0.0-rc1 - 1.0.0-rc1
v1.0.0-RC1 - 1.0.0-RC1
v2.0.0-beta-10 - 2.0.0-beta-10
v2.0.0-beta-9 - 2.0.0-beta-9
v1.0.0-1 - 1.0.0-1
v1.0.0-0 - 1.0.0-0
v1.0.0-r1 - 1.0.0-r1
v1.0.0-rev2 - 1.0.0-rev2
v1.0.0-nightly - 1.0.0-nightly
v1.0.0-nightly.20260105 - 1.0.0-nightly.20260105
v1.0.0-SNAPSHOT - 1.0.0-SNAPSHOT
v1.0.0-dev - 1.0.0-dev
v1.0.0-dev.3 - 1.0.0-dev.3
v1.0.0-M1 - 1.0.0-M1
v1.0.0-preview.3.23174.8 - 1.0.0-preview.3.23174.8
v3.10.0-1.1.pre - 3.10.0-1.1.pre
v1.2.0-x-y-z.-- - 1.2.0-x-y-z.--
v1.2.3----RC-SNAPSHOT.12.9.1--.12 - 1.2.3----RC-SNAPSHOT.12.9.1--.12
v1.2.3-4-g1a2b3c4 - 1.2.3-4-g1a2b3c4
v1.2.3-alpine - 1.2.3-alpine
v1.2.3+build - 1.2.3+build
v1.2.3+20260105 - 1.2.3+20260105
v1.2.3-rc.1+exp.sha.5114f85 - 1.2.3-rc.1+exp.sha.5114f85
v1.2.3+rc.1 - 1.2.3+rc.1
v1.2.3-2026-01-05 - 1.2.3-2026-01-05
# words that say stable, and what comes behind
v1.2.3-final - 1.2.3-final =
v4.0.2-stable - 4.0.2-stable =
v1.2.3-RELEASE - 1.2.3-RELEASE =
v1.2.3-ga - 1.2.3-ga =
v18.0.0-lts - 18.0.0-lts =
v1.2.3-stable.2 - 1.2.3-stable.2 =
v1.2.3-post.1 - 1.2.3-post.1 =
v1.2.3-post1 - 1.2.3-post1 =
v1.2.3-hotfix.1 - 1.2.3-hotfix.1 =
v1.2.3-patch2 - 1.2.3-patch2 =
v1.2.3-SP1 - 1.2.3-SP1 =
v4.1.92.Final - 4.1.92.Final =
v5.3.0.RELEASE - 5.3.0.RELEASE =
v1.0.GA - 1.0.GA =
v5.8-RELEASE - 5.8-RELEASE =
v4.0-stable - 4.0-stable =
v1.2.3.SP2 - 1.2.3.SP2 =
v9.3p1 - 9.3p1 =
v1.2_final - 1.2_final =
v1.2.3-finalist - 1.2.3-finalist
v1.2.3-final.x - 1.2.3-final.x
# PEP 440
1.2 - 1.2
7 - 7
v2 - 2
1.2.3.4 - 1.2.3.4
1.2.3.4.5 - 1.2.3.4.5
1.2.0rc1 - 1.2.0rc1
1.2a1 - 1.2a1
1.2b2 - 1.2b2
1.2c3 - 1.2c3
1.2-beta - 1.2-beta
1.2-rc.1 - 1.2-rc.1
v6.5-rc7 - 6.5-rc7
1.2.0_rc_1 - 1.2.0_rc_1
1.2.0.rc1 - 1.2.0.rc1
1.2.0alpha - 1.2.0alpha
1.2.0-preview_3 - 1.2.0-preview_3
1.2.0pre - 1.2.0pre
1.2.0a1.dev3 - 1.2.0a1.dev3
1.0.dev3 - 1.0.dev3
1.0.0.dev - 1.0.0.dev
1.0-dev4 - 1.0-dev4
1.0.post1 - 1.0.post1
1.0.post - 1.0.post
1.0.post1.dev2 - 1.0.post1.dev2
1.0a1.post2.dev3 - 1.0a1.post2.dev3
1.0-r3 - 1.0-r3
1.0.rev3 - 1.0.rev3
1.0-1 - 1.0-1
7-0 - 7-0
1!1.0 - 1!1.0
1!2.0rc1 - 1!2.0rc1
0!2.0 - 0!2.0
1.0+Ubuntu-1 - 1.0+Ubuntu-1
1.0+a_b.007 - 1.0+a_b.007
1.2.3-01 - 1.2.3-01
1.2.3-rc.01 - 1.2.3-rc.01
00.007 - 00.007
1.2.3.4rc1 - 1.2.3.4rc1
3.3a - 3.3a
17+35 - 17+35
# calendar versions
2026.01.05 - 2026.01.05
v2026.1.5 - 2026.1.5
2026.01 - 2026.01
v24.04 - 24.04
24.04.1 - 24.04.1
2026.01.05-1 - 2026.01.05-1
2026.01.05.2 - 2026.01.05.2
2026.01.05-rc1 - 2026.01.05-rc1
2026.01.05-nightly - 2026.01.05-nightly +
2026.01.05-hotfix.1 - 2026.01.05-hotfix.1 =
2026.01.05-x.2 - 2026.01.05-x.2 +
20260105 - 20260105
20260105.1 - 20260105.1
v20260105 - 20260105
2026-01-05 - 2026.01.05
v2026-01-05 - 2026.01.05
2026-01-05-2 - 2026.01.05.2
2026_01_05 - 2026.01.05
2026-01-05-rc.1 - 2026.01.05-rc.1
release-2026-01-05 release- 2026.01.05
release-20260105 release- 20260105
# known words where neither scheme has one
1.2-M1 - 1.2-M1 +
5.0.0.M2 - 5.0.0.M2 +
6.2.0.CR1 - 6.2.0.CR1 +
1.2-SNAPSHOT - 1.2-SNAPSHOT +
1.2.3.BUILD-SNAPSHOT - 1.2.3.BUILD-SNAPSHOT +
1.2-nightly-20260105 - 1.2-nightly-20260105 +
1.2-canary.4 - 1.2-canary.4 +
1.2-rc.1.2 - 1.2-rc.1.2 +
1.2-milestone-3 - 1.2-milestone-3 +
1.2.3.4-edge - 1.2.3.4-edge +
4.0-insiders - 4.0-insiders +
4.0-ea+7 - 4.0-ea+7 +
# numbers between _ and -
1_2_0 - 1.2.0
v1_2 - 1.2
3_2_0_preview1 - 3.2.0-preview1
3_2_0-rc1 - 3.2.0-rc1
8-2-0 - 8.2.0
8-2-0-rc1 - 8.2.0-rc1
v_9_3 - 9.3
V_9_3_P1 - 9.3-P1 =
v-1.0.0 - 1.0.0
v.1.0.0 - 1.0.0
v-1 - 1
# prefixes
app/v1.2.0 app/ 1.2.0
app/1.2.0-rc.1 app/ 1.2.0-rc.1
apps/web/v1.2.0 apps/web/ 1.2.0
@scope/pkg@1.2.0 @scope/pkg@ 1.2.0
pkg@1.2.0 pkg@ 1.2.0
pkg@v1.2.0-beta.2 pkg@ 1.2.0-beta.2
a/b/2.0rc1 a/b/ 2.0rc1
rc@1.0.0 rc@ 1.0.0
1.0.0-rc.1/v1.0.0 1.0.0-rc.1/ 1.0.0
widget-1.2.0 widget- 1.2.0
widget-v1.2.0 widget- 1.2.0
gadget-v2.0.0-rc.1 gadget- 2.0.0-rc.1
core-v2.0 core- 2.0
release-1.3 release- 1.3
release-1.2.3-rc1 release- 1.2.3-rc1
release/1.4 release/ 1.4
rel/release-3.3.5-RC2 rel/release- 3.3.5-RC2
Release_1_9_5 Release_ 1.9.5
release-72-1 release- 72-1
release1.2 release 1.2
rel2 rel 2
version-3.42.0 version- 3.42.0
ver1.2.3 ver 1.2.3
x_v1 x_ 1
x-1_2_0 x- 1.2.0
x_v_1_0 x_ 1.0
my-long-name-1.2.0 my-long-name- 1.2.0
my.name.1.2.0 my.name. 1.2.0
log4x-2.20.0 log4x- 2.20.0
x86_64-1.2.0 x86_64- 1.2.0
7zipper-1.2.0 7zipper- 1.2.0
lib-2-1.0.0 lib-2- 1.0.0
python3.11-1.2.0 python3.11- 1.2.0
c++-1.0.0 c++- 1.0.0
zażółć-1.0.0 zażółć- 1.0.0
go1.20 go 1.20
go1.20rc1 go 1.20rc1
n6.1-dev n 6.1-dev
jdk-17+35 jdk- 17+35
curly-7_88_1 curly- 7.88.1
VER-2-13-0 VER- 2.13.0
REL_15_2 REL_ 15.2
REL_15_BETA1 REL_ 15_BETA1
LIB_C_3_2_4 LIB_C_ 3.2.4
bird-17.0.0-rc1 bird- 17.0.0-rc1
compiler-9.6.1-release compiler- 9.6.1-release =
netty-4.1.92.Final netty- 4.1.92.Final =
pkg=1.2.0 pkg= 1.2.0
pkg#1.2.0 pkg# 1.2.0
build-123 build- 123
# builds that the prefix names
nightly-2026-01-05 nightly- 2026.01.05-nightly +
nightly-20260105 nightly- 20260105-nightly +
beta-1.2.0 beta- 1.2.0-beta
snapshot-1.2.3 snapshot- 1.2.3-snapshot
rc-1.2.3-rc.2 rc- 1.2.3-rc.2
app/canary-1.0.0 app/canary- 1.0.0-canary
# none
nightly - -
latest - -
stable - -
v - -
alpha - -
rc1 - -
beta-1 - -
vv1.0.0 - -
-rc.1 - -
.1rc1 - -
1.2-foo - -
1.2-foo-3 - -
1.2.3.4-foo - -
1.2.3foo - -
1.2.3. - -
1.2.3- - -
1.0.0-a..b - -
1..2rc1 - -
1.2.3-a_b - -
1.2.3-ä - -
1.0.0+ - -
1! - -
app/nightly app/ -
app/ app/ -
a1b2c3d4 - -
app-1.2-foo-3 - -
"""

# Each of them is PEP 440 and no SemVer; packaging says the order.
PEP440_ORDER = """1.0.dev1 1.0.dev2 1.0a1.dev3 1.0a1 1.0alpha1 1.0a1.post1 1.0a2 1.0a10 1.0b1 1.0beta 1.0c1 1.0rc1 1.0pre2 1.0preview3
1.0rc10 1.0 1.0.0.0 1.0.post1.dev2 1.0.post1 1.0-1 1.0.post2 1.0-r3 1.0.rev10 1.0.0.1 1.1 1.1.dev1 1.2.0rc1 1.2.0.rc2 1.10 1.9
2026.01.05 2026.01.05-1 2026.01.05.2 2026.02 24.04 1!0.1 1!1.0 1!1.0rc1 2.0a 2.0 1.0.post 1.0rc""".split()

# Each of them is SemVer; of identifiers with letters none has digits, which count as numbers here.
SEMVER_ORDER = """1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0
0.0.1 0.9.9 0.10.0 1.0.0-0 1.0.0-9 1.0.0-10 1.0.0-0.3.7 1.0.1 1.1.0 1.9.0 1.10.0 2.0.0-x.y 2.0.0-x-y 2.0.0-x 2.0.0-dev.1
2.0.0 2.1.0 2.1.1 10.0.0 1.0.0-rc.1+build 1.0.0+build 2026.1.5 20240115123456789012345.0.0 1.0.0-alpha.1.0 1.0.0-x-y-z.--""".split()

SEMVER = re.compile(
    r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
    r"(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?"
    r"(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$")
STABLE = re.compile(r"[-._]?(final|stable|release|ga|lts)$", re.IGNORECASE)


def packaged(version):
    try:
        return Version(version)
    except InvalidVersion:
        return None


def row(line):
    tag, prefix, version, *marks = line.split(" ")
    prefix = "" if prefix == "-" else prefix
    if version == "-":
        return [tag, prefix, "", "no", ""]
    by_semver, by_packaging = SEMVER.match(version), packaged(version)
    if marks:
        prerelease = marks[0] == "+"
    elif by_semver:
        prerelease = by_semver.group(4) is not None
    else:
        prerelease = by_packaging.is_prerelease
    plain = packaged(STABLE.sub("", version))
    return [tag, prefix, version, "yes" if prerelease else "no", str(by_packaging or plain or "")]


def by_section_11(left, right):
    """SemVer's precedence, as its section 11 says it."""
    (a, b) = (SEMVER.match(left), SEMVER.match(right))
    for i in (1, 2, 3):
        if int(a[i]) != int(b[i]):
            return int(a[i]) - int(b[i])
    if (a[4] is None) != (b[4] is None):
        return 1 if a[4] is None else -1
    (left, right) = ((a[4] or "").split("."), (b[4] or "").split("."))
    for x, y in zip(left, right):
        if x == y:
            continue
        if x.isdigit() and y.isdigit():
            return int(x) - int(y)
        if x.isdigit() != y.isdigit():
            return -1 if x.isdigit() else 1
        return -1 if x < y else 1
    return len(left) - len(right)


def ranks(scheme, versions, key):
    assert len(set(versions)) == len(versions)
    ordered = sorted(versions, key=key)
    rank = 0
    for i, version in enumerate(ordered):
        rank += i > 0 and key(ordered[i - 1]) != key(version)
        yield [scheme, str(rank), version]


def write(name, head, rows):
    text = "# Made by make_tables.py.\n" + "".join("\t".join(row) + "\n" for row in [["# " + head[0]] + head[1:]] + rows)
    pathlib.Path(__file__).with_name(name).write_text(text, encoding="utf-8")


rows = [row(line) for line in TAGS.splitlines() if line and not line.startswith("#")]
assert len({r[0] for r in rows}) == len(rows) >= 200, len(rows)
write("tags.tsv", ["tag", "prefix", "version", "prerelease", "PEP 440"], rows)
assert not any(SEMVER.match(v) for v in PEP440_ORDER)
write("order.tsv", ["scheme", "rank", "version"],
      list(ranks("PEP 440", PEP440_ORDER, Version))
      + list(ranks("SemVer", SEMVER_ORDER, functools.cmp_to_key(by_section_11))))
