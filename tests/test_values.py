"""Values of a text: a change makes a new one, and leaves the old one as it was."""

from offer_screen.facts import Gender
from offer_screen.values import Span, Stance


def test_replaced_is_what_a_checked_value_would_be() -> None:
    fact = Gender(span=Span(3, 9), gender="male")

    other = fact.replaced(stance=Stance.NEGATED, text="pria")

    checked = Gender(span=Span(3, 9), gender="male", stance=Stance.NEGATED, text="pria")
    assert other == checked
    assert hash(other) == hash(checked)
    assert other.model_fields_set == checked.model_fields_set
    assert other.model_dump_json() == checked.model_dump_json()
    assert fact.stance is Stance.ASSERTED
    assert fact.text is None
