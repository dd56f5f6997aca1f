"""The wrapper of durable-rules steps into none of its traps, and leaves nothing behind."""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import pytest

from offer_screen.errors import EngineError
from offer_screen.infer import durable
from offer_screen.infer.compiled import CompiledEngine
from offer_screen.infer.durable import DurableEngine, why_not_durable
from offer_screen.infer.patterns import hash_of, lower, property_names
from offer_screen.rules.conditions import Program, SignalTest, compile_program
from offer_screen.rules.schema import Group

pytestmark = pytest.mark.skipif(
    why_not_durable() is not None, reason=f"durable-rules cannot be imported: {why_not_durable()}"
)


def program_of(rules: int, leaves: int) -> Program:
    """Return rules of every shape in three strata, over ``leaves`` signals."""
    rnd = Random(rules)
    signals = [f"s{number}" for number in range(leaves)]
    conditions: dict[str, Group] = {}
    for number in range(rules):
        shape: dict[str, Any] = {"all": rnd.sample(signals, rnd.randint(1, 3))}
        if number % 3 == 1:
            shape["none"] = rnd.sample(signals, 2)
        if number % 4 == 1:
            shape |= {"at_least": 2, "of": rnd.sample(signals, 4)}
        if number % 5 == 1:
            shape["any"] = [{"finding": f"r{rnd.randrange(number)}"}, {"all": signals[:2]}]
        conditions[f"r{number}"] = Group.model_validate(shape)
    return compile_program(conditions)


def texts_for(program: Program, count: int) -> list[frozenset[int]]:
    rnd = Random(count)
    leaves = [n for n, leaf in enumerate(program.leaves) if isinstance(leaf, SignalTest)]
    return [frozenset(rnd.sample(leaves, rnd.choice((0, 5, 20, 40, 60)))) for _ in range(count)]


def compiled(program: Program, texts: list[frozenset[int]]) -> list[frozenset[str]]:
    engine = CompiledEngine(program)
    return [engine.infer(text) for text in texts]


PROGRAM = program_of(120, 90)
TEXTS = texts_for(PROGRAM, 200)
FIRED = compiled(PROGRAM, TEXTS)
BUSY = max(TEXTS, key=lambda text: len(FIRED[TEXTS.index(text)]))


class Spy:
    """The C module, with every call noted, and a fault in the calls that are wanted to fail."""

    def __init__(self, fault: Callable[[str], BaseException | None] = lambda _: None) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self.fault = fault
        self.error = durable._native.error

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            self.calls.append((name, arguments))
            if error := self.fault(name):
                raise error
            return getattr(real, name)(*arguments)

        return call

    def facts(self, name: str) -> Iterator[dict[str, Any]]:
        return (json.loads(arguments[1]) for called, arguments in self.calls if called == name)


real = durable._native


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Spy:
    spy = Spy()
    monkeypatch.setattr(durable, "_native", spy)
    return spy


def test_texts_say_something() -> None:
    assert sum(bool(fired) for fired in FIRED) > 100
    assert max(len(fired) for fired in FIRED) > 10


# --- what goes in --------------------------------------------------------------------------------


def test_rulesets_stay_within_the_limits_of_the_engine() -> None:
    plan = lower(program_of(400, 600))
    for shard in plan.shards:
        rules = json.loads(shard.definition)
        patterns = [rule["all"] for rule in rules.values()]
        tests = [test for [pattern] in patterns for test in pattern["m"].get("$and", [pattern])]
        assert len(tests) <= 60
        assert all(len(rule) == 1 for rule in patterns)  # no joins: retracting them corrupts memory
        assert not any(word in shard.definition for word in ("$n", "$or", "$any", "$not", "$m"))


def test_facts_hold_fixed_ids_and_small_numbers_alone(spy: Spy) -> None:
    engine = DurableEngine(PROGRAM)
    for text in TEXTS:
        engine.infer(text)
    seen = list(spy.facts("assert_fact"))
    assert len(seen) > 300
    for fact in seen:
        assert fact.pop("sid") == "s"
        assert fact.pop("id") == "f"
        assert 1 <= len(fact) <= 60
        assert all(type(value) is int and 1 <= value < 100 for value in fact.values())


def test_every_fact_is_retracted_before_the_next(spy: Spy) -> None:
    engine = DurableEngine(PROGRAM)
    for text in TEXTS:
        engine.infer(text)
    there: dict[int, str] = {}
    for name, arguments in spy.calls:
        if name == "assert_fact":
            assert arguments[0] not in there
            there[arguments[0]] = arguments[1]
        elif name == "retract_fact":
            assert there.pop(arguments[0]) == arguments[1]
    assert not there


def test_only_the_calls_that_hold_are_made(spy: Spy) -> None:
    engine = DurableEngine(PROGRAM)
    for text in TEXTS:
        engine.infer(text)
    engine.close()
    assert {name for name, _ in spy.calls} == {
        "create_ruleset",
        "assert_fact",
        "start_action_for_state",
        "complete_and_start_action",
        "retract_fact",
        "delete_state",
        "delete_ruleset",
    }


def test_property_names_differ_in_hash() -> None:
    names = property_names(5_000)
    assert len({hash_of(name) for name in (*names, "id", "sid", "$s")}) == 5_003


def test_property_names_pass_over_a_collision(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offer_screen.infer.patterns.hash_of", len)
    assert property_names(3) == ("k100", "k1000", "k10000")


# --- size, memory, time --------------------------------------------------------------------------


def test_more_leaves_and_rules_than_one_ruleset_can_hold() -> None:
    program = program_of(700, 900)
    engine = DurableEngine(program)
    texts = texts_for(program, 20)
    assert [engine.infer(text) for text in texts] == compiled(program, texts)


def resident_pages() -> int:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1])


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_memory_stays_flat_over_documents_and_reloads() -> None:
    engine = DurableEngine(PROGRAM)

    def documents() -> None:
        for text, fired in zip(TEXTS, FIRED, strict=True):
            assert engine.infer(text) == fired

    def reloads() -> None:
        for _ in range(20):
            assert DurableEngine(PROGRAM).infer(BUSY) == max(FIRED, key=len)

    for work, times in ((documents, 25), (reloads, 10)):
        work()
        gc.collect()
        before = resident_pages()
        for _ in range(times):
            work()
        gc.collect()
        assert (resident_pages() - before) * os.sysconf("SC_PAGESIZE") < 4_000_000


def test_an_unused_engine_opens_nothing_and_closes(spy: Spy) -> None:
    engine = DurableEngine(PROGRAM)
    engine.close()
    assert spy.calls == []


@pytest.mark.skipif(sys.platform != "linux", reason="needs glibc to make a crash certain")
def test_closing_is_safe_whatever_has_run() -> None:
    script = """
        from offer_screen.infer.durable import DurableEngine
        from offer_screen.rules.conditions import compile_program
        from offer_screen.rules.schema import Group
        program = compile_program({"r": Group(all=("a", "b"))})
        for held in ([], [0], [0, 1]):
            engine = DurableEngine(program)
            engine.infer(frozenset(held))
            engine.close()
            engine.infer(frozenset(held))
            del engine
        print("alive")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        env={**os.environ, "MALLOC_PERTURB_": "165"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("alive\n", 0), done.stderr


def test_no_thread_and_no_python_layer_of_the_engine() -> None:
    script = """
        import sys, threading
        from offer_screen.infer.durable import DurableEngine
        from offer_screen.rules.conditions import compile_program
        from offer_screen.rules.schema import Group
        DurableEngine(compile_program({"r": Group(all=("a",))})).infer(frozenset({0}))
        print(threading.active_count(), "durable" in sys.modules)
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "1 False\n"


# --- threads, processes, faults ------------------------------------------------------------------


def test_eight_threads_agree() -> None:
    engine = DurableEngine(PROGRAM)
    interval = sys.getswitchinterval()
    start = threading.Barrier(8)

    def work(_: int) -> list[frozenset[str]]:
        start.wait()
        return [engine.infer(text) for text in TEXTS]

    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as pool:
            assert all(results == FIRED for results in pool.map(work, range(8)))
    finally:
        sys.setswitchinterval(interval)
    assert 1 <= len(engine._idle.sessions) <= 8


def infer_in_child(engine: DurableEngine, queue: Any) -> None:
    queue.put([engine.infer(text) for text in TEXTS] == FIRED)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # of test runners with threads
def test_a_forked_process_builds_its_own() -> None:
    engine = DurableEngine(PROGRAM)
    engine.infer(BUSY)
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=infer_in_child, args=(engine, queue))
    child.start()
    try:
        assert queue.get(timeout=60) is True
    finally:
        child.join(60)
    assert child.exitcode == 0
    assert [engine.infer(text) for text in TEXTS] == FIRED


def test_sessions_of_another_process_are_neither_used_nor_freed(
    spy: Spy, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = DurableEngine(PROGRAM)
    engine.infer(BUSY)
    handles = {arguments[0] for name, arguments in spy.calls if name == "retract_fact"}
    monkeypatch.setattr("os.getpid", lambda: -1)
    spy.calls.clear()
    assert engine.infer(BUSY) == max(FIRED, key=len)
    gc.collect()
    assert not handles & {a[0] for name, a in spy.calls if name != "create_ruleset"}
    assert not {"delete_state", "delete_ruleset"} & {name for name, _ in spy.calls}


@pytest.mark.parametrize(
    "call",
    [
        "create_ruleset",
        "assert_fact",
        "start_action_for_state",
        "complete_and_start_action",
        "retract_fact",
    ],
)
@pytest.mark.parametrize("kind", ["error", "memory"])
def test_a_fault_is_an_engine_error_and_then_forgotten(
    call: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = MemoryError("full") if kind == "memory" else real.error("code 42")
    engine = DurableEngine(PROGRAM)
    spy = Spy(lambda name: error if name == call else None)
    monkeypatch.setattr(durable, "_native", spy)
    with pytest.raises(EngineError, match=r"durable-rules (failed|refused).*r\d+ to r\d+.*: "):
        engine.infer(BUSY)
    monkeypatch.setattr(durable, "_native", real)
    assert [engine.infer(text) for text in TEXTS] == FIRED


@pytest.mark.parametrize("call", ["start_action_for_state", "retract_fact"])
def test_an_interrupted_call_leaves_nothing_behind(
    call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = DurableEngine(PROGRAM)
    engine.infer(BUSY)
    spy = Spy(lambda name: KeyboardInterrupt() if name == call else None)
    monkeypatch.setattr(durable, "_native", spy)
    with pytest.raises(KeyboardInterrupt):
        engine.infer(BUSY)
    assert [name for name, _ in spy.calls].count("delete_ruleset") == len(lower(PROGRAM).shards)
    monkeypatch.setattr(durable, "_native", real)
    assert [engine.infer(text) for text in TEXTS] == FIRED


def test_a_fact_left_over_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = DurableEngine(PROGRAM)
    engine.infer(frozenset())
    monkeypatch.setattr(real, "retract_fact", lambda *_: None)
    engine.infer(BUSY)
    with pytest.raises(EngineError, match=r"holds on to an earlier fact \(code 2\)"):
        engine.infer(BUSY)
