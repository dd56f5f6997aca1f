"""Layers: packs that extend others, what they change, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offer_screen import Level, Screener
from offer_screen.errors import InvalidRuleSet
from offer_screen.rules.conformance import load_conformance
from offer_screen.rules.loader import load_ruleset, shipped_pack
from offer_screen.rules.overrides import OverridesFile
from offer_screen.rules.reference_files import ChannelsFile
from offer_screen.rules.ruleset import RuleSet
from tests.rules.conftest import FIXTURES, GOOD_PACK
from tests.rules.test_loader import JUNK

GOOD_LAYER = FIXTURES / "good_layer"
BAD_LAYERS = FIXTURES / "bad_layers"
BAD = sorted(path.name for path in BAD_LAYERS.iterdir() if path.is_dir())

Write = Callable[[str, str], Path]
"""Writes a file of a layer that holds nothing else, and returns the layer."""


def copy_layer(folder: Path) -> Path:
    """Copy the good pack, and the good layer on it."""
    shutil.copytree(GOOD_PACK, folder / "pack")
    return Path(shutil.copytree(GOOD_LAYER, folder / "layer"))


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    return copy_layer(tmp_path)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    shutil.copytree(GOOD_PACK, tmp_path / "pack")
    folder = tmp_path / "layer"
    (folder / "overrides").mkdir(parents=True)
    shutil.copy(GOOD_LAYER / "layer.yaml", folder / "layer.yaml")

    def write_file(name: str, text: str) -> Path:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return folder

    return write_file


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    """The good layer, loaded."""
    return load_ruleset([copy_layer(tmp_path_factory.mktemp("site"))])


def errors_of(layer: Path) -> list[str]:
    with pytest.raises(InvalidRuleSet) as caught:
        load_ruleset([layer])
    lines = []
    for error in caught.value.errors:
        assert error.location is not None
        path = error.location.path.removeprefix(f"{layer.parent.as_posix()}/")
        lines.append(f"{path}:{error.location.line}:{error.location.column} {error.code}")
    return lines


# --- what a layer does --------------------------------------------------------------------------


def test_fields_are_set_and_all_others_are_kept(site: RuleSet, small: RuleSet) -> None:
    rule, before = site.rules["upfront-fee"], small.rules["upfront-fee"]
    assert rule.weight == 0.9
    assert rule.explain.en == "Money is asked for before the work."
    assert rule.explain.id == before.explain.id
    assert rule.examples == before.examples
    assert rule.floor == before.floor


def test_a_condition_is_replaced_as_a_whole(site: RuleSet) -> None:
    condition = site.rules["upfront-fee"].when
    assert condition.all == ("fee-asked", "vacancy")
    assert (condition.any, condition.of) == (None, None)


def test_lists_grow_and_shrink(site: RuleSet) -> None:
    assert site.rules["upfront-fee"].sources == ("Contoh (2026)", "Rapat tim (2026)")
    assert site.signals["fee-asked"].phrases == ("bayar <money>", "titip uang <money>")
    assert site.signals["fee-asked"].patterns == (r"\btf\s+dulu\b",)
    assert site.lexicon["untrained"][-1] == "tanpa sekolah"
    assert site.stance.negators == ("tidak", "bukan", "jangan", "mboten")
    assert site.slang["gk"].normal == "bukan"
    assert site.advice["ask-licence"].order == 5


def test_settings_of_the_pack_change(site: RuleSet, small: RuleSet) -> None:
    assert site.pack.levels[Level.CAUTION] == 10
    assert site.pack.levels[Level.HIGH] == small.pack.levels[Level.HIGH]
    assert site.pack.categories["cost"].cap == 2.0
    assert site.pack.categories["cost"].title == small.pack.categories["cost"].title
    assert site.pack.categories["local"].cap == 1.0


def test_reference_values_change_with_their_origin(site: RuleSet) -> None:
    channels = site.reference["channels"]
    assert isinstance(channels, ChannelsFile)
    office = channels.channels["office"]
    assert office.phone == ("0812-0000-9999",)
    assert (office.source, office.as_of) == ("Surat edaran contoh", dt.date(2026, 11, 20))


def test_a_disabled_rule_is_gone_and_related_rules_forget_it(site: RuleSet) -> None:
    assert "pay-without-skill" not in site.rules
    assert site.disabled == {"pay-without-skill": "Dinilai petugas sendiri (rapat 2026-11-20)."}
    assert site.rules["village-collector-asks"].related == ()


def test_a_layer_adds_rules_that_build_on_those_of_the_pack(site: RuleSet) -> None:
    screener = Screener(site, engine="compiled", as_of=dt.date(2026, 11, 24))
    report = screener.screen("Lowongan admin, titip uang 300 ribu ke koordinator dusun.")
    assert [f.rule for f in report.findings] == ["upfront-fee", "village-collector-asks"]
    assert report.pack == "small 1.0 + site 1.0"


def test_the_pack_below_stays_as_it_is(site: RuleSet, small: RuleSet) -> None:
    assert load_ruleset([GOOD_PACK]) == small
    assert site != small
    assert small.label == "small 1.0"


def test_a_layered_rule_set_survives_json(site: RuleSet) -> None:
    copy = RuleSet.from_json(site.to_json())
    assert copy == site
    assert copy.label == site.label


def test_the_folders_of_all_layers_are_known(layer: Path) -> None:
    assert load_ruleset([layer]).paths == (layer.parent / "pack", layer)


def test_a_folder_that_is_named_and_extended_is_read_once(layer: Path) -> None:
    assert load_ruleset([layer.parent / "pack", layer]) == load_ruleset([layer])


def test_layers_extend_layers_and_the_last_one_wins(layer: Path) -> None:
    top = layer.parent / "top"
    (top / "overrides").mkdir(parents=True)
    (top / "layer.yaml").write_text(
        'schema_version: 1\nextends: ../layer\nname: top\nversion: "2"\n'
    )
    (top / "overrides" / "x.yaml").write_text(
        "rules:\n"
        "  upfront-fee: {set: {weight: 0.2}}\n"
        "  village-collector-asks: {set: {severity: high}}\n"
    )
    ruleset = load_ruleset([top])
    assert ruleset.rules["upfront-fee"].weight == 0.2
    assert ruleset.rules["village-collector-asks"].severity == "high"
    assert ruleset.label == "small 1.0 + site 1.0 + top 2"


def test_a_layer_extends_the_shipped_pack_by_name(write: Write) -> None:
    layer = write("layer.yaml", 'schema_version: 1\nextends: shipped\nname: site\nversion: "1"\n')
    write("overrides/x.yaml", "rules:\n  urgency: {set: {weight: 0.1}}\n")
    ruleset = load_ruleset([layer])
    assert ruleset.paths == (shipped_pack(), layer)
    assert ruleset.rules["urgency"].weight == 0.1
    assert load_conformance(ruleset)


def test_a_conformance_set_may_name_a_rule_that_a_layer_disables(write: Write) -> None:
    layer = write("layer.yaml", 'schema_version: 1\nextends: shipped\nname: site\nversion: "1"\n')
    named = next(
        rule
        for conformance in load_conformance(load_ruleset()).values()
        for item in conformance.items
        for rule in item.rules
        if rule == "urgency"
    )
    write("overrides/x.yaml", f"rules:\n  {named}: {{disable: Tidak dipakai di sini.}}\n")
    assert load_conformance(load_ruleset([layer]))


def test_an_empty_layer_changes_the_name_only(write: Write, small: RuleSet) -> None:
    layer = write("layer.yaml", (GOOD_LAYER / "layer.yaml").read_text())
    ruleset = load_ruleset([layer])
    assert ruleset.rules == small.rules
    assert ruleset.label == "small 1.0 + site 1.0"


def test_a_disabled_rule_may_be_replaced_by_one_of_the_same_id(write: Write) -> None:
    text = (GOOD_PACK / "cost" / "upfront-fee.yaml").read_text()
    write("cost/upfront-fee.yaml", text.replace("weight: 1.2", "weight: 0.3"))
    layer = write(
        "overrides/x.yaml", "rules:\n  upfront-fee: {disable: Diganti aturan setempat.}\n"
    )
    assert load_ruleset([layer]).rules["upfront-fee"].weight == 0.3


def test_a_value_may_be_taken_back(write: Write) -> None:
    layer = write("overrides/x.yaml", "rules:\n  upfront-fee: {set: {floor: null}}\n")
    assert load_ruleset([layer]).rules["upfront-fee"].floor is None


def test_what_was_left_at_its_default_may_be_set(write: Write) -> None:
    layer = write("overrides/x.yaml", "rules:\n  pay-far-above: {set: {status: stable}}\n")
    assert load_ruleset([layer]).rules["pay-far-above"].status == "stable"


def test_a_question_may_be_disabled(write: Write) -> None:
    layer = write("overrides/x.yaml", "missing:\n  missing-visa: {disable: Ditanya di loket.}\n")
    assert "missing-visa" not in load_ruleset([layer]).missing


# --- what is wrong with layers ------------------------------------------------------------------


@pytest.mark.parametrize("name", BAD)
def test_a_bad_layer_is_refused_with_every_error(name: str, layer: Path) -> None:
    """Each folder lies over the good layer."""
    overlay = BAD_LAYERS / name
    for file in overlay.rglob("*.yaml"):
        target = layer / file.relative_to(overlay)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
    assert errors_of(layer) == (overlay / "expected.txt").read_text().splitlines()


def test_an_error_in_an_override_shows_the_line_of_the_layer(write: Write) -> None:
    layer = write("overrides/x.yaml", "rules:\n  upfront-fee:\n    set: {wieght: 0.2}\n")
    with pytest.raises(InvalidRuleSet) as caught:
        load_ruleset([layer])
    assert str(caught.value.errors[0]).splitlines() == [
        f"{layer.as_posix()}/overrides/x.yaml:3:11: R221 there is no 'wieght' to override",
        "    3 |     set: {wieght: 0.2}",
        "                  ^",
        "      = did you mean 'weight'?",
    ]


def test_a_ring_of_layers_is_refused(layer: Path) -> None:
    pack = layer.parent / "pack"
    (pack / "layer.yaml").write_text(
        'schema_version: 1\nextends: ../layer\nname: below\nversion: "1"\n'
    )
    assert errors_of(layer) == ["pack/layer.yaml:2:10 R220"]


FILES = sorted(path.relative_to(GOOD_LAYER).as_posix() for path in GOOD_LAYER.rglob("*.yaml"))


@st.composite
def mutations(draw: st.DrawFn) -> tuple[str, str]:
    file = draw(st.sampled_from([*FILES, "overrides/changes.yaml", "overrides/changes.yaml"]))
    text = (GOOD_LAYER / file).read_text(encoding="utf-8")
    if draw(st.booleans()):
        return file, draw(swapped(text))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 2, 5, 20])))
        text = text[:start] + draw(JUNK) + text[end:]
    return file, text


@st.composite
def swapped(draw: st.DrawFn, text: str) -> str:
    """Good YAML of a wrong meaning: one word in the place of another."""
    words = sorted(set(text.replace(":", " ").replace("{", " ").replace("}", " ").split()))
    names = [*words, *OverridesFile.model_fields, "set", "add", "remove", "disable", "null", "[]"]
    return text.replace(draw(st.sampled_from(words)), draw(st.sampled_from(names)), 1)


@pytest.mark.property
@settings(deadline=None)
@given(mutation=mutations())
def test_a_mutated_layer_loads_or_is_refused_with_places(
    mutation: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    file, text = mutation
    root = tmp_path_factory.mktemp("mutated")
    layer = copy_layer(root)
    (layer / file).write_text(text, encoding="utf-8", newline="")
    try:
        ruleset = load_ruleset([layer])
    except InvalidRuleSet as error:
        places = [item.location for item in error.errors]
    else:
        places = []
        assert RuleSet.from_json(ruleset.to_json()) == ruleset
    finally:
        shutil.rmtree(root)
    assert all(place is not None and place.line >= 1 for place in places)
