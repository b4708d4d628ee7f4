"""When the time that somebody is kept has run out, reckoned once and for each alike."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st

from hsf_cli.registers import retention
from hsf_cli.store import Store
from tests.builders import TODAY, family, inquiry, taken_in, volunteer


@given(
    day=st.dates(date(1990, 1, 1), date(2100, 12, 31)),
    months=st.integers(1, 1200),
    since=st.integers(-5, 5),
)
@example(day=date(2023, 2, 28), months=6, since=1)  # the 29th, 30th and 31st of August too
@example(day=date(2024, 2, 29), months=12, since=0)
def test_the_latest_day_to_expire_is_the_last_of_those_that_have(
    day: date, months: int, since: int
) -> None:
    latest = retention.latest_to_expire(day, months)
    one = latest + timedelta(since)
    assert (one + relativedelta(months=months) <= day) == (one <= latest)


def test_those_whose_time_has_run_out_are_as_many_as_are_listed(store: Store) -> None:
    taken_in(
        store,
        family("F1"),
        inquiry("H1", "F1", "2019-01-01", avsluttet="2022-03-15"),
        family("F2"),
        inquiry("H2", "F2", "2019-01-01", avsluttet="2022-03-16"),
        family("F3"),
        inquiry("H3", "F3", "2019-01-01", avsluttet="2021-01-01"),
        volunteer("V1", "2015-03-01", sluttet="2018-06-30"),
    )
    assert [one.short for one in retention.expired(store, TODAY)] == ["V1", "F3", "F1"]
    assert retention.how_many_expired(store, TODAY) == {"family": 2, "volunteer": 1}


def test_one_alone_has_the_day_that_the_list_has(store: Store) -> None:
    taken_in(store, family("F1"), family("F2"),
             inquiry("H1", "F1", "2019-01-01", avsluttet="2021-08-31"))  # fmt: skip
    (listed,) = retention.expired(store, TODAY)
    assert retention.of(store, "family", 1) == listed
    assert (listed.last_on, listed.expires_on) == (date(2021, 8, 31), date(2023, 8, 31))
    # F2 was never heard of again: her time runs from the day she was entered.
    entered = retention.of(store, "family", 2)
    assert entered
    assert entered.last_on == date.fromisoformat(
        store.value("SELECT max(made_at) FROM change_set")[:10]
    )
    assert retention.of(store, "family", 7) is None
