#!/usr/bin/env python3
"""An independent reference for what an AWS DMS task does with tables and their LOBs.

Standard input, one JSON object a line:

    {"mapping": {"rules": [...]}, "settings": {...} or null,
     "hasTableSettings": true or false, "tables": [["schema", "table"], ...]}

Standard output, one JSON array a line, an element for each table, in order:

    {"selected": bool, "treatment": null | "limited:N" | "unlimited:N" | "leftOut" | "unknown"}

An empty line is skipped. A line that does not have this shape ends the run with exit 2 and its number.

Documents (their sentences are retold, not copied):

    Selections      DMS user guide, "Selection rules and actions"
    Wildcards       DMS user guide, "Wildcards in table mapping"
    Tablesettings   DMS user guide, "Table and collection settings rules and operations"
    TargetMetadata  DMS user guide, "Target metadata task settings"
    LOBSupport      DMS user guide, "Setting LOB support for source databases"
    Seen            what deployed tasks, their logs and what AWS prints of them show
    Decided         where no document says: the reading is ours

Readings, where the documents leave something open (R numbers are used below):

    R1   exclude also wins over explicit. Selections says of exclude that it excludes what the rule selects,
         and exempts nothing; of explicit only that it includes one exact object.
    R2   Inside [ ] every character stands for itself, % _ [ and ^ included. Documented is [_] only; Seen
         says a literal % or [ has no documented spelling, so [%] and [[] are an inference from "a set".
    R3   A set ends at the first ]. "[" that is never closed, "[]" and a "]" outside a set are ordinary
         characters. There is no negation and no escape character (escapeCharacter is Oracle's alone).
    R4   "-" is a range between two members, and an ordinary character at either end of a set. A range whose
         ends are the wrong way round holds nothing. Ranges go by scalar value.
    R5   Names are compared scalar by scalar: no case folding, no Unicode normalisation.
    R6   A JSON null is the same as a key that was not written: AWS adds null keys to what it returns (Seen).
    R7   A truth value is JSON true or false; "true", 0 and 1 are not.
    R8   A size is a JSON integer, or a string of the digits 0-9 alone (leading zeros allowed). 32.0, 1e2, "+5",
         " 5", "", true and negative numbers are not. Over 18 digits it cannot be read. The same reader serves
         bulk-max-size (the guide writes strings), LobMaxSize and InlineLobMaxSize (the guide writes numbers).
    R9   SupportLobs false leaves LOBs out whatever a table rule says (Seen: nothing says a rule revives
         them), and an unreadable SupportLobs is unknown with a rule as well. The other task settings do not
         matter where a table rule decides.
    R10  Where the task decides, all three truth values must be readable, before any of them is used: Decided
         gives "unknown" for any of the three without a condition.
    R11  FullLobMode true wins over LimitedSizeLobMode; neither true is limited, as in Decided ("Else limited").
    R12  LobMaxSize is not looked at in full mode (AWS examples write 0 there), nor InlineLobMaxSize outside it.
    R13  InlineLobMaxSize 0 is "off", the default; above 102400 or unreadable it is unknown (TargetMetadata).
    R14  unlimited without a bulk-max-size is unlimited:0 (nothing is ever cut; nothing was said of inline).
         limited without one is unknown: Tablesettings requires a value that is not zero. unlimited has no
         documented upper bound and gets none here.
    R15  lob-settings without mode is limited (Tablesettings: the default mode; its example leaves mode out).
         Another mode, or lob-settings that is not an object, is unknown.
    R16  Only table-settings rules that carry lob-settings count for "the last rule"; one with parallel-load
         alone says nothing of LOBs. Last means last in the array. A last rule with mode none hands the table
         to the task, even after a limited rule.
    R17  table-settings names are exact. A "%" there makes DMS refuse the mapping (Tablesettings, "Wildcards in
         table-settings are restricted"); here it names only a table that is called "%".
    R18  A rule that cannot be read (no names, unknown rule-action, unknown table-type) selects and excludes
         nothing. table-type view concerns no tables for exclude and explicit either. table-type is not a
         parameter of table-settings and is not looked at there. filters choose rows, not tables.
    R19  settings or TargetMetadata that is neither an object nor null is unknown for every selected table.
"""

import json
import sys

LARGEST_LOB_KB = 102400   # TargetMetadata, LOBSupport: 100 MB is the most.
DEFAULT_LOB_KB = 32       # Seen: limited at 32 KB is what a task gets if nothing is said.
LONGEST_NUMBER = 18       # R8: digits that fit every 64-bit integer.

UNKNOWN = "unknown"
LEFT_OUT = "leftOut"

ANY_RUN = object()        # the token of %
ANY_ONE = object()        # the token of _


class Unreadable(Exception):
    """What is written cannot be read, or lies outside DMS's range."""


# ---------------------------------------------------------------------------------------------- wildcards

def parse_set(body):
    """The members of a [ ] set as (low, high) pairs of scalar values (Wildcards: [ab], [a-d], [_]; R2, R4)."""
    ranges, i = [], 0
    while i < len(body):
        is_range = i + 2 < len(body) and body[i + 1] == "-"
        high = body[i + 2] if is_range else body[i]
        ranges.append((ord(body[i]), ord(high)))
        i += 3 if is_range else 1
    return tuple(ranges)


def parse_pattern(pattern):
    """A list of tokens: ANY_RUN, ANY_ONE, a character, or a tuple of ranges (Wildcards; R3)."""
    tokens, i = [], 0
    while i < len(pattern):
        char = pattern[i]
        if char == "%":
            tokens.append(ANY_RUN)
        elif char == "_":
            tokens.append(ANY_ONE)
        elif char == "[" and pattern.find("]", i) > i + 1:
            end = pattern.find("]", i)
            tokens.append(parse_set(pattern[i + 1:end]))
            i = end
        else:
            tokens.append(char)
        i += 1
    return tokens


def matches_one(token, char):
    """Whether one token other than % takes this character (Wildcards; one scalar for _, Decided)."""
    if token is ANY_ONE:
        return True
    if isinstance(token, tuple):
        return any(low <= ord(char) <= high for low, high in token)
    return token == char


def matches(pattern, name):
    """Whether a pattern takes a whole name (Wildcards: % is zero or more characters; Selections: case counts)."""
    reached = {0}
    tokens = parse_pattern(pattern)
    for token in tokens:
        if token is ANY_RUN:
            reached = set(range(min(reached), len(name) + 1))
        else:
            reached = {i + 1 for i in reached if i < len(name) and matches_one(token, name[i])}
        if not reached:
            return False
    return len(name) in reached


# ---------------------------------------------------------------------------------------------- selection

def as_dict(value):
    """The value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def rules_of(mapping, rule_type):
    """The rules of one rule-type, in the order of the array (Selections, Tablesettings: rule-type)."""
    rules = as_dict(mapping).get("rules")
    rules = rules if isinstance(rules, list) else []
    return [rule for rule in rules if isinstance(rule, dict) and rule.get("rule-type") == rule_type]


def names_of(rule):
    """(schema-name, table-name) of a rule's object-locator, or None where they are not both strings (R18)."""
    locator = as_dict(rule.get("object-locator"))
    names = (locator.get("schema-name"), locator.get("table-name"))
    return names if all(isinstance(name, str) for name in names) else None


def concerns_tables(rule):
    """Selections: table-type is table, view or all, and table where it is not written (R6, R18)."""
    table_type = as_dict(rule.get("object-locator")).get("table-type")
    return table_type is None or table_type in ("table", "all")


def rule_hits(rule, table):
    """Selections: include and exclude take wildcards in both names, explicit one exact schema and table."""
    names = names_of(rule)
    if names is None or not concerns_tables(rule):
        return False
    if rule.get("rule-action") == "explicit":
        return names == table
    return matches(names[0], table[0]) and matches(names[1], table[1])


def is_selected(mapping, table):
    """Some include or explicit rule takes the table and no exclude rule does (Selections; R1).

    The order of the rules and their ids play no part (Decided; the guide's include-all-but example).
    """
    actions = {rule.get("rule-action") for rule in rules_of(mapping, "selection")
               if isinstance(rule.get("rule-action"), str) and rule_hits(rule, table)}
    return "exclude" not in actions and bool(actions & {"include", "explicit"})


# ---------------------------------------------------------------------------------------------- values

def read_size(value):
    """A size in KB, or Unreadable (R8). Seen: AWS examples write strings, other code integers."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise Unreadable
    digits = str(value)
    if not digits or any(char not in "0123456789" for char in digits):
        raise Unreadable
    digits = digits.lstrip("0") or "0"
    if len(digits) > LONGEST_NUMBER:
        raise Unreadable
    return int(digits)


def read_limit(value):
    """A limit of limited mode: 1 to 102400 KB (TargetMetadata, LOBSupport; Seen C5: a hard ceiling)."""
    size = read_size(value)
    if not 1 <= size <= LARGEST_LOB_KB:
        raise Unreadable
    return size


def read_inline(value):
    """InlineLobMaxSize: 0 is off and the default, else 1 to 102400 KB (TargetMetadata; R13)."""
    size = 0 if value is None else read_size(value)
    if size > LARGEST_LOB_KB:
        raise Unreadable
    return size


def read_truth(value, default):
    """A truth value, or its default where it is not written (Seen; R6, R7)."""
    if value is None:
        return default
    if not isinstance(value, bool):
        raise Unreadable
    return value


# ---------------------------------------------------------------------------------------------- treatment

def target_metadata(settings):
    """The TargetMetadata object of the task settings; an empty one where nothing is written (R6, R19)."""
    if settings is None:
        return {}
    if not isinstance(settings, dict):
        raise Unreadable
    metadata = settings.get("TargetMetadata")
    if metadata is None:
        return {}
    if not isinstance(metadata, dict):
        raise Unreadable
    return metadata


def task_treatment(metadata):
    """What the task itself does (TargetMetadata; Seen for the defaults; R10 to R13)."""
    supports = read_truth(metadata.get("SupportLobs"), True)
    full = read_truth(metadata.get("FullLobMode"), False)
    read_truth(metadata.get("LimitedSizeLobMode"), True)
    if not supports:
        return LEFT_OUT
    if full:
        return "unlimited:%d" % read_inline(metadata.get("InlineLobMaxSize"))
    limit = metadata.get("LobMaxSize")
    return "limited:%d" % (DEFAULT_LOB_KB if limit is None else read_limit(limit))


def lob_settings_of(mapping, table):
    """lob-settings of the last table-settings rule that names the table exactly, or None.

    Tablesettings: the name of one schema and one table, no wildcards; the rule applies to a table that a
    selection rule chose. Decided: of several rules the last counts (R16, R17).
    """
    last = None
    for rule in rules_of(mapping, "table-settings"):
        if names_of(rule) == table and rule.get("lob-settings") is not None:
            last = rule["lob-settings"]
    return last


def mode_of(lob_settings):
    """limited, unlimited or none; limited where no mode is written (Tablesettings; R15)."""
    if not isinstance(lob_settings, dict):
        raise Unreadable
    mode = lob_settings.get("mode")
    if mode is None:
        return "limited"
    if mode not in ("limited", "unlimited", "none"):
        raise Unreadable
    return mode


def rule_treatment(mode, size):
    """What a table rule does with its bulk-max-size (Tablesettings; Seen C2; R14).

    limited cuts values above it. unlimited never cuts, and in a full load values up to it may travel with the
    row, none at 0.
    """
    if mode == "limited":
        return "limited:%d" % read_limit(size)
    return "unlimited:%d" % (0 if size is None else read_size(size))


def treatment_of(request, table):
    """The treatment of a selected table: its rule's where there is one that decides, else the task's.

    Seen-11-28, 4: S3, Kinesis, Kafka, Redshift and others know no table-settings, so there the task's
    limit holds for all. Tablesettings: mode none means the task's LOB settings, bulk-max-size is ignored. R9.
    """
    try:
        metadata = target_metadata(request["settings"])
        rule = lob_settings_of(request["mapping"], table) if request["hasTableSettings"] else None
        if rule is None:
            return task_treatment(metadata)
        if not read_truth(metadata.get("SupportLobs"), True):
            # R9 and R10 meet: with mode none the task decides, and it wants all its truth values readable.
            is_none = isinstance(rule, dict) and rule.get("mode") == "none"
            return task_treatment(metadata) if is_none else LEFT_OUT
        mode = mode_of(rule)
        if mode == "none":
            return task_treatment(metadata)
        return rule_treatment(mode, rule.get("bulk-max-size"))
    except Unreadable:
        return UNKNOWN


# ---------------------------------------------------------------------------------------------- the program

def evaluate(request):
    """The answer to one request: an element for each of its tables, in order."""
    answers = []
    for schema, name in request["tables"]:
        selected = is_selected(request["mapping"], (schema, name))
        treatment = treatment_of(request, (schema, name)) if selected else None
        answers.append({"selected": selected, "treatment": treatment})
    return answers


def run(lines, output):
    """Answers line by line; 0, or 2 at the first line that is not a request."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            request = json.loads(line)
            answer = evaluate(request)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            print("line %d is not a request: %r" % (number, error), file=sys.stderr)
            return 2
        output.write(json.dumps(answer) + "\n")
    output.flush()
    return 0


# ---------------------------------------------------------------------------------------------- self-test

def selection(action, schema, table, **locator):
    """A selection rule for the self-test."""
    place = dict({"schema-name": schema, "table-name": table}, **locator)
    return {"rule-type": "selection", "rule-id": "1", "rule-action": action, "object-locator": place}


def settings_rule(schema, table, lob_settings):
    """A table-settings rule for the self-test."""
    place = {"schema-name": schema, "table-name": table}
    return {"rule-type": "table-settings", "rule-id": 2, "object-locator": place, "lob-settings": lob_settings}


PATTERN_CASES = [  # pattern, name, expected
    ("%", "", True), ("%", "a\nb", True), ("_", "", False), ("_", "\U0001F600", True), ("_", "e\u0301", False),
    ("a_c", "abc", True), ("a_c", "ac", False), ("a[_]c", "a_c", True), ("a[_]c", "abc", False),
    ("DMS%", "DMS", True), ("DMS%", "dms1", False), ("%_x%", "x", False), ("%_x%", "ax", True),
    ("[ab]", "b", True), ("[ab]", "c", False), ("[a-d]", "d", True), ("[a-d]", "-", False),
    ("[d-a]", "b", False), ("[-a]", "-", True), ("[a-]", "-", True), ("[^a]", "b", False), ("[^a]", "^", True),
    ("[%]", "%", True), ("[%]", "x", False), ("[[]", "[", True), ("a[b", "a[b", True), ("[]", "[]", True),
    ("a]", "a]", True), ("a.c", "abc", False), ("\u00e9", "e\u0301", False), ("%a%a%a%b", "a" * 200, False),
    ("[_][a-b]%", "_bz", True), ("", "", True), ("", "a", False), ("a%", "ba", False), ("%a", "ab", False),
]

ALL = selection("include", "%", "%")

SELECTION_CASES = [  # rules, table, expected
    ([ALL], ("s", "t"), True), ([], ("s", "t"), False),
    ([ALL, selection("exclude", "s", "t%")], ("s", "t1"), False),
    ([selection("exclude", "s", "t%"), ALL], ("s", "t1"), False),
    ([selection("exclude", "s", "t%"), ALL], ("s2", "t1"), True),
    ([selection("explicit", "s", "a_b")], ("s", "a_b"), True),
    ([selection("explicit", "s", "a_b")], ("s", "axb"), False),
    ([selection("explicit", "s", "%")], ("s", "t"), False),
    ([selection("explicit", "s", "t"), selection("exclude", "s", "%")], ("s", "t"), False),
    ([selection("include", "s", "T")], ("s", "t"), False),
    ([selection("include", "%", "%", **{"table-type": "view"})], ("s", "t"), False),
    ([selection("include", "%", "%", **{"table-type": "all"})], ("s", "t"), True),
    ([selection("include", "%", "%", **{"table-type": None})], ("s", "t"), True),
    ([ALL, selection("exclude", "%", "%", **{"table-type": "view"})], ("s", "t"), True),
    ([selection("Include", "%", "%")], ("s", "t"), False), ([selection(None, "%", "%")], ("s", "t"), False),
    ([selection(["include"], "%", "%")], ("s", "t"), False), ([selection("include", "%", None)], ("s", "t"), False),
    ([dict(ALL, **{"rule-type": "transformation"})], ("s", "t"), False),
    ([{"rule-action": "include", "object-locator": ALL["object-locator"]}], ("s", "t"), False),
    ([settings_rule("s", "t", {"mode": "unlimited"}), 7, None], ("s", "t"), False),
]

TASK_CASES = [  # TargetMetadata, expected
    ({}, "limited:32"), (None, "limited:32"), ({"LobMaxSize": 64}, "limited:64"), ({"LobMaxSize": "64"}, "limited:64"),
    ({"LobMaxSize": None}, "limited:32"), ({"LobMaxSize": 0}, UNKNOWN), ({"LobMaxSize": 1}, "limited:1"),
    ({"LobMaxSize": 102400}, "limited:102400"), ({"LobMaxSize": 102401}, UNKNOWN), ({"LobMaxSize": -1}, UNKNOWN),
    ({"LobMaxSize": 32.0}, UNKNOWN), ({"LobMaxSize": True}, UNKNOWN), ({"LobMaxSize": [32]}, UNKNOWN),
    ({"SupportLobs": False}, LEFT_OUT), ({"SupportLobs": False, "LobMaxSize": 0}, LEFT_OUT),
    ({"SupportLobs": "false"}, UNKNOWN), ({"SupportLobs": 0}, UNKNOWN), ({"FullLobMode": "true"}, UNKNOWN),
    ({"LimitedSizeLobMode": 1}, UNKNOWN), ({"LimitedSizeLobMode": False}, "limited:32"),
    ({"SupportLobs": False, "FullLobMode": "no"}, UNKNOWN), ({"FullLobMode": True}, "unlimited:0"),
    ({"FullLobMode": True, "LobMaxSize": 0, "InlineLobMaxSize": 32}, "unlimited:32"),
    ({"FullLobMode": True, "InlineLobMaxSize": 0}, "unlimited:0"),
    ({"FullLobMode": True, "InlineLobMaxSize": 102401}, UNKNOWN), ({"InlineLobMaxSize": "x"}, "limited:32"),
    ({"FullLobMode": True, "LimitedSizeLobMode": True}, "unlimited:0"), ([], UNKNOWN),
]

FULL = {"FullLobMode": True, "InlineLobMaxSize": 8}

RULE_CASES = [  # lob-settings of the rules in turn, TargetMetadata, hasTableSettings, expected
    ([{"mode": "limited", "bulk-max-size": "16"}], FULL, True, "limited:16"),
    ([{"mode": "limited", "bulk-max-size": "16"}], FULL, False, "unlimited:8"),
    ([{"mode": "limited", "bulk-max-size": 16}], {}, True, "limited:16"),
    ([{"bulk-max-size": "100000"}], FULL, True, "limited:100000"),
    ([{"mode": "limited", "bulk-max-size": "0"}], {}, True, UNKNOWN), ([{"mode": "limited"}], {}, True, UNKNOWN),
    ([{"mode": "limited", "bulk-max-size": "102401"}], {}, True, UNKNOWN),
    ([{"mode": "limited", "bulk-max-size": "016"}], {}, True, "limited:16"),
    ([{"mode": "limited", "bulk-max-size": " 16"}], {}, True, UNKNOWN),
    ([{"mode": "limited", "bulk-max-size": "\u0661"}], {}, True, UNKNOWN),
    ([{"mode": "unlimited", "bulk-max-size": "0"}], {}, True, "unlimited:0"),
    ([{"mode": "unlimited", "bulk-max-size": "64"}], {}, True, "unlimited:64"),
    ([{"mode": "unlimited", "bulk-max-size": 200000}], {}, True, "unlimited:200000"),
    ([{"mode": "unlimited"}], {}, True, "unlimited:0"), ([{"mode": "unlimited", "bulk-max-size": ""}], {}, True, UNKNOWN),
    ([{"mode": "unlimited", "bulk-max-size": "9" * 19}], {}, True, UNKNOWN),
    ([{"mode": "none", "bulk-max-size": "x"}], FULL, True, "unlimited:8"),
    ([{"mode": "limited", "bulk-max-size": "16"}, {"mode": "none"}], {}, True, "limited:32"),
    ([{"mode": "unlimited", "bulk-max-size": "1"}, {"bulk-max-size": "2"}], {}, True, "limited:2"),
    ([{"bulk-max-size": "2"}, None], {}, True, "limited:2"), ([{"mode": "Limited"}], {}, True, UNKNOWN),
    ([{"mode": ["limited"]}], {}, True, UNKNOWN), (["limited"], {}, True, UNKNOWN), ([{}], {}, True, UNKNOWN),
    ([{"mode": "unlimited"}], {"SupportLobs": False}, True, LEFT_OUT),
    ([{"mode": "unlimited"}], {"SupportLobs": "x"}, True, UNKNOWN),
    ([{"mode": "unlimited"}], {"FullLobMode": "x", "LobMaxSize": 0}, True, "unlimited:0"),
    ([{"mode": "none"}], {"SupportLobs": False, "FullLobMode": "x"}, True, UNKNOWN),
]


def ask(rules, settings, has_table_settings=True, table=("s", "t")):
    """One answer of the whole evaluation for the self-test, by way of JSON text."""
    request = {"mapping": {"rules": rules}, "settings": settings, "hasTableSettings": has_table_settings,
               "tables": [list(table)]}
    return evaluate(json.loads(json.dumps(request)))[0]


def self_test_results():
    """(what, got, expected) of every case."""
    for pattern, name, expected in PATTERN_CASES:
        yield ("pattern", pattern, name), matches(pattern, name), expected
    for rules, table, expected in SELECTION_CASES:
        answer = ask(rules, None, table=table)
        yield ("selection", rules, table), answer["selected"], expected
        yield ("treatment", rules, table), answer["treatment"], "limited:32" if expected else None
    for metadata, expected in TASK_CASES:
        yield ("task", metadata), ask([ALL], {"TargetMetadata": metadata})["treatment"], expected
    for settings, expected in [(None, "limited:32"), ({}, "limited:32"), ([], UNKNOWN), ("x", UNKNOWN)]:
        yield ("settings", settings), ask([ALL], settings)["treatment"], expected
    for written, metadata, has, expected in RULE_CASES:
        rules = [settings_rule("s", "t", each) for each in written] + [ALL]
        yield ("rule", written, metadata, has), ask(rules, {"TargetMetadata": metadata}, has)["treatment"], expected
    for schema, table in [("%", "%"), ("s", "_"), ("S", "t"), ("s", "[t]")]:
        rules = [ALL, settings_rule(schema, table, {"mode": "unlimited"})]
        yield ("exact", schema, table), ask(rules, None)["treatment"], "limited:32"


def self_test():
    """Runs every case; 0 where all hold, else 1."""
    results = list(self_test_results())
    failures = [each for each in results if each[1] != each[2] or type(each[1]) is not type(each[2])]
    for what, got, expected in failures:
        print("FAILED %r: got %r, expected %r" % (what, got, expected))
    print("self-test: %d checks, %d failed" % (len(results), len(failures)))
    return 1 if failures else 0


def main(arguments):
    """--self-test, or requests from standard input to standard output."""
    if arguments == ["--self-test"]:
        return self_test()
    if arguments:
        print("usage: dms_reference.py [--self-test] < requests", file=sys.stderr)
        return 64
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)  # a number of any length is read here and judged by read_size
    return run(sys.stdin.buffer, sys.stdout)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
