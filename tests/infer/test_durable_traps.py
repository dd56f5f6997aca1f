"""What durable-rules does when it is used as it invites to be: why the wrapper is as it is.

Each test drives the C module or its Python layer directly and shows one trap. If one fails after an
upgrade, the trap may be gone; ``test_durable.py`` shows that the wrapper steps into none of them.
Whatever can crash or hang runs in a process of its own.

Not shown, because it harms only now and then: retracting the facts of a *join* that has fired
reads and writes past the end of the engine's record of it (a memory checker tells; the process dies
once in some hundred thousand documents). So may more than 256 rules on one condition.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from typing import Any

import pytest

from offer_screen.infer.patterns import hash_of

native = pytest.importorskip("durable_rules_engine", reason="durable-rules cannot be imported")

Facts = list[dict[str, Any]]


def ruleset(**rules: list[dict[str, Any]]) -> int:
    definition = {name: {"all": patterns} for name, patterns in rules.items()}
    handle: int = native.create_ruleset("trap", json.dumps(definition))
    return handle


def fact(number: int, **fields: object) -> dict[str, Any]:
    return {"sid": "s", "id": f"f{number}", **fields}


def fired(handle: int, state: int) -> list[str]:
    names = []
    started = native.start_action_for_state(handle, state)
    message = started and started[1]
    while message:
        names.append(next(iter(json.loads(message))))
        message = native.complete_and_start_action(handle, state)
    return names


def assert_facts(handle: int, *facts: dict[str, Any]) -> list[str]:
    _, state = native.assert_facts(handle, json.dumps(facts))
    return fired(handle, state)


def run(script: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    # Fresh memory is filled with rubbish, so that what is never set is never zero by luck.
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        env={**os.environ, "MALLOC_PERTURB_": "165"},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="needs glibc to make the crash certain")
def test_deleting_a_state_in_which_nothing_fired_crashes() -> None:
    script = """
        import durable_rules_engine as native
        handle = native.create_ruleset("trap", '{"r": {"all": [{"m": {"a": 1}}]}}')
        _, state = native.assert_fact(handle, '{"sid": "s", "id": "f", "a": 1}')
        FIRE
        native.delete_state(handle, "s")
    """
    assert run(script.replace("FIRE", "")).returncode < 0
    fire = "native.start_action_for_state(handle, state)"
    assert run(script.replace("FIRE", fire)).returncode == 0


def test_there_is_room_for_1024_states() -> None:
    script = """
        import durable_rules_engine as native
        handle = native.create_ruleset("trap", '{"r": {"all": [{"m": {"a": 1}}]}}')
        for number in range(1025):
            try:
                native.assert_fact(handle, '{"sid": "s%d", "id": "f", "a": 1}' % number)
            except MemoryError:
                print(number)
    """
    assert run(script).stdout.split() == ["1024"]


def test_ids_and_properties_are_known_by_a_32_bit_hash_alone() -> None:
    assert hash_of("declinate") == hash_of("macallums")
    handle = ruleset(r=[{"m": {"macallums": 1}}])
    assert assert_facts(handle, fact(1, declinate=1)) == ["r"]
    assert native.assert_fact(handle, '{"sid": "s", "id": "declinate", "macallums": 1}')[0] == 0
    assert native.assert_fact(handle, '{"sid": "s", "id": "macallums", "macallums": 1}')[0] == 2


def test_a_fact_that_no_rule_mentions_marks_the_whole_list() -> None:
    handle = ruleset(r=[{"m": {"a": 1}}])
    assert native.assert_facts(handle, json.dumps([fact(1, a=1)]))[0] == 0
    assert native.assert_facts(handle, json.dumps([fact(2, a=1), fact(3, b=1)]))[0] == 1


def test_negation_depends_on_the_order_of_facts() -> None:
    facts = [fact(1, a=1), fact(2, b=1)]
    handle = ruleset(r=[{"m": {"a": 1}}, {"n$not": {"b": 1}}])
    native.assert_fact(handle, json.dumps(facts[0]))
    code_and_state = native.assert_fact(handle, json.dumps(fact(3, a=1)))
    assert "r" in fired(handle, code_and_state[1])
    other = ruleset(r=[{"m": {"a": 1}}, {"n$not": {"b": 1}}])
    assert assert_facts(other, *reversed(facts)) == []


def test_a_rule_fires_for_each_combination_of_facts() -> None:
    handle = ruleset(r=[{"m": {"a": 1}}, {"n": {"b": 1}}])
    facts = [fact(1, a=1), fact(2, a=1), fact(3, b=1), fact(4, b=1)]
    assert assert_facts(handle, *facts) == ["r"] * 4


def test_alternatives_inside_a_pattern_fire_once_each() -> None:
    handle = ruleset(r=[{"m": {"$or": [{"a": 1}, {"b": 1}]}}])
    assert assert_facts(handle, fact(1, a=1, b=1)) == ["r", "r"]


def test_a_join_has_room_for_16_facts() -> None:
    for parts, outcome in ((16, ["r"]), (17, None)):
        handle = ruleset(r=[{f"m{n}": {f"k{n}": 1}} for n in range(parts)])
        facts = [fact(n, **{f"k{n}": 1}) for n in range(parts)]
        if outcome:
            assert assert_facts(handle, *facts) == outcome
        else:
            with pytest.raises(native.error, match="304"):
                assert_facts(handle, *facts)


def test_a_host_starts_threads_that_never_end() -> None:
    script = """
        import threading
        from durable.engine import Host
        Host()
        print(threading.active_count())
        import os; os._exit(0)
    """
    assert int(run(script).stdout) > 1


def test_the_513th_condition_never_returns() -> None:
    script = """
        import json, durable_rules_engine as native
        rules = {"r%d" % n: {"all": [{"m": {"k%d" % n: 1}}]} for n in range(COUNT)}
        native.create_ruleset("trap", json.dumps(rules))
    """
    assert run(script.replace("COUNT", "512")).returncode == 0
    with pytest.raises(subprocess.TimeoutExpired):
        run(script.replace("COUNT", "513"), timeout=3)


def test_a_fact_may_match_64_conditions() -> None:
    rules = {f"r{n}": [{"m": {f"k{n}": 1}}] for n in range(65)}
    handle = ruleset(**rules)
    assert len(assert_facts(handle, fact(1, **{f"k{n}": 1 for n in range(64)}))) == 64
    with pytest.raises(native.error, match="303"):
        assert_facts(handle, fact(2, **{f"k{n}": 1 for n in range(65)}))


def test_a_condition_on_absence_matches_the_own_fact_of_the_engine() -> None:
    handle = ruleset(r=[{"m": {"$nex": {"a": 1}}}])
    assert assert_facts(handle, fact(1, a=1)) == ["r"]


@pytest.mark.parametrize(
    ("condition", "value", "matches"),
    [
        ({"a": 1}, "1", True),
        ({"a": 1}, "true", True),
        ({"$gt": {"a": 1}}, '"5"', True),
        ({"$gt": {"a": 1}}, "NaN", False),
    ],
)
def test_types_are_loose(condition: dict[str, Any], value: str, matches: bool) -> None:
    handle = ruleset(r=[{"m": condition}])
    try:
        _, state = native.assert_fact(handle, f'{{"sid": "s", "id": "f", "a": {value}}}')
    except native.error:
        assert not matches
    else:
        assert fired(handle, state) == (["r"] if matches else [])


@pytest.mark.parametrize("number", [1e20, 1e-7])
def test_numbers_as_json_writes_them_are_refused(number: float) -> None:
    handle = ruleset(r=[{"m": {"$gt": {"a": 0}}}])
    with pytest.raises(native.error, match="20"):
        native.assert_fact(handle, json.dumps(fact(1, a=number)))


def test_an_event_fires_only_the_first_rule() -> None:
    handle = ruleset(r=[{"m": {"a": 1}}], t=[{"m": {"a": 1}}])
    _, state = native.assert_event(handle, json.dumps(fact(1, a=1)))
    assert fired(handle, state) == ["r"]
    assert assert_facts(handle, fact(2, a=1)) == ["r", "t"]


def test_an_interrupted_action_locks_its_state() -> None:
    handle = ruleset(r=[{"m": {"a": 1}}], t=[{"m": {"a": 1}}])
    _, state = native.assert_fact(handle, json.dumps(fact(1, a=1)))
    assert native.start_action_for_state(handle, state) is not None
    assert native.start_action_for_state(handle, state) is None


def test_exceptions_of_actions_are_swallowed_and_definitions_changed() -> None:
    script = """
        from durable.engine import Ruleset
        def act(closure):
            print("ran")
            raise SystemExit(3)
        definition = {"r": {"all": [{"m": {"a": 1}}], "run": act}}
        rules = Ruleset("trap", None, definition)
        state = rules.assert_fact({"sid": "s", "id": "f", "a": 1})
        rules.do_actions(state, lambda error, state: None)
        print(sorted(definition["r"]))
        print("alive")
    """
    assert run(script).stdout.splitlines() == ["ran", "['all']", "alive"]


def test_nonsense_is_accepted_and_errors_are_bare_numbers() -> None:
    ruleset(r=[{"m": {"$bogus": 1}}])
    ruleset(r=[])
    with pytest.raises(native.error, match=r"^Could not create ruleset, error code: \d+$"):
        native.create_ruleset("trap", "{")


def test_its_regular_expressions_know_no_classes() -> None:
    handle = ruleset(r=[{"m": {"$mt": {"a": r"\d+"}}}])
    _, state = native.assert_fact(handle, json.dumps(fact(1, a="12")))
    assert fired(handle, state) == []
