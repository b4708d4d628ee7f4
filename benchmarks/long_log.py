"""The log of a department that was kept day by day, and not taken in from files at once.

`python -m benchmarks.long_log` gives the department such a log: every record was entered by itself,
and some were changed afterwards, one thing at a time. The records stay as they are.
"""

from hsf_cli import places
from hsf_cli.registers import department

# How many times a record of each kind was changed after it was entered.
CHANGES = {"family": 3, "child": 0, "inquiry": 3, "volunteer": 4, "assignment": 2, "hours": 0}
_BEFORE = '{"note": "Det som sto der før noe ble rettet.", "area": null}'
_RECORDS = " UNION ALL ".join(
    f"SELECT '{table}' AS record, id, {times} AS times,"
    f" 1.0 * id / (SELECT max(id) FROM {table}) AS entered FROM {table}"
    for table, times in CHANGES.items()
)
# What happened, as time went: a share of it for what was entered, and a little later for the rest.
_LOG = f"""
INSERT INTO change (change_set_id, record, operation, first_id, last_id, before)
SELECT row_number() OVER (ORDER BY entered + 0.001 * step.value), record,
       iif(step.value = 0, 'insert', 'update'), r.id, r.id, iif(step.value = 0, NULL, '{_BEFORE}')
  FROM ({_RECORDS}) r JOIN json_each('[0, 1, 2, 3, 4]') step ON step.value <= r.times
 ORDER BY 1
"""
_CHANGE_SETS = """
INSERT INTO change_set (id, made_at, made_by, command)
SELECT change_set_id, '2024-06-01T12:00:00+02:00', 'koordinator', 'familie endre' FROM change
"""


def write() -> None:
    """Puts that log in place of the department's own."""
    with department.opened(places.database(), lambda: "") as store:
        connection = store._connection
        for statement in (
            "PRAGMA query_only = OFF",
            "BEGIN",
            "PRAGMA defer_foreign_keys = ON",
            "DELETE FROM change",
            "DELETE FROM change_set",
            _LOG,
            _CHANGE_SETS,
            "COMMIT",
        ):
            connection.execute(statement)


if __name__ == "__main__":
    write()
