"""A report as figures alone: where two of them are apart."""

from decimal import Decimal

from hsf_cli.report.figures import filled
from hsf_cli.report.forms import load
from tests.report.own_form import FORM

ONE_LESS = FORM.replace('  { label = "Gifte", where.civil_status = ["gift_samboer"] },\n', "")


def test_a_row_that_only_one_of_them_has_is_apart_like_one_of_another_figure() -> None:
    """A form may have got a row more since a report was locked, or lost one."""
    values = {"alone": 2, "1.1.2": 3, "all": 5, "1.2.1": Decimal("7.50")}
    one = filled(load(FORM, "eget.toml"), values, 2023, "Prøve", "")
    other = filled(load(ONE_LESS, "eget.toml"), {**values, "all": 6}, 2023, "Prøve", "")
    assert [line.key for line in one.apart_from(other)] == ["1.1.2", "all"]
    assert [line.key for line in other.apart_from(one)] == ["all"]
    assert one.apart_from(one) == []
