"""What a record of each kind is called, and what tells it from others of the same name.

One statement a kind: its number, its `name`, a `detail`, and a phone number where it has one.
"""


def _day(column: str) -> str:
    """The SQL for a date as people read it."""
    return f"strftime('%d.%m.%Y', {column})"


def _of_family(table: str, detail: str) -> str:
    return f"""
        SELECT {table}.id, f.name, {detail} AS detail
          FROM {table} JOIN family f ON f.id = {table}.family_id"""


def _of_volunteer(table: str, detail: str) -> str:
    return f"""
        SELECT {table}.id, v.name, {detail} AS detail
          FROM {table} JOIN volunteer v ON v.id = {table}.volunteer_id"""


def _of_assignment(table: str, detail: str) -> str:
    return f"""
        SELECT {table}.id, f.name || ' – ' || v.name AS name, {detail} AS detail
          FROM {table} JOIN assignment a ON a.id = {table}.assignment_id
          JOIN inquiry i ON i.id = a.inquiry_id JOIN family f ON f.id = i.family_id
          JOIN volunteer v ON v.id = a.volunteer_id"""


NAMED = {
    "family": "SELECT id, name, coalesce(contact_person, '') AS detail, phone FROM family",
    "child": f"""
        SELECT child.id, coalesce(child.name, 'barn') AS name, f.name || ', født '
               || iif(length(born) = 4, born, {_day("born")}) AS detail
          FROM child JOIN family f ON f.id = child.family_id""",
    "inquiry": f"""
        SELECT inquiry.id, f.name, 'mottatt ' || {_day("received_on")}
               || iif(closed_on IS NULL, '', ', avsluttet ' || {_day("closed_on")}) AS detail,
               f.phone
          FROM inquiry JOIN family f ON f.id = inquiry.family_id""",
    "consent": _of_family(
        "consent", f"'delt med ' || shared_with || ', gitt ' || {_day('given_on')}"
    ),
    "concern_report": _of_family("concern_report", f"'sendt ' || {_day('sent_on')}"),
    "talk": f"""
        SELECT talk.id, f.name, {_day("talked_on")} AS detail
          FROM talk JOIN inquiry i ON i.id = talk.inquiry_id JOIN family f ON f.id = i.family_id""",
    "volunteer": "SELECT id, name, coalesce(area, '') AS detail, phone FROM volunteer",
    "earlier_period": _of_volunteer(
        "earlier_period",
        f"{_day('earlier_period.approved_on')} || ' til ' || {_day('earlier_period.left_on')}",
    ),
    "pause": _of_volunteer("pause", f"'fra ' || {_day('from_on')}"),
    "course": f"SELECT id, name, 'fra ' || {_day('starts_on')} AS detail FROM course",
    "course_day": f"""
        SELECT course_day.id, c.name, {_day("held_on")} || coalesce(': ' || theme, '') AS detail
          FROM course_day JOIN course c ON c.id = course_day.course_id""",
    "course_registration": """
        SELECT r.id, v.name, c.name AS detail
          FROM course_registration r
          JOIN volunteer v ON v.id = r.volunteer_id JOIN course c ON c.id = r.course_id""",
    "attendance": f"""
        SELECT attendance.id, v.name, {_day("d.held_on")} AS detail
          FROM attendance
          JOIN course_registration r ON r.id = course_registration_id
          JOIN volunteer v ON v.id = r.volunteer_id
          JOIN course_day d ON d.id = course_day_id""",
    "assignment": f"""
        SELECT a.id, f.name || ' – ' || v.name AS name, 'fra ' || {_day("a.started_on")}
               || iif(a.ended_on IS NULL, '', ' til ' || {_day("a.ended_on")}) AS detail
          FROM assignment a
          JOIN inquiry i ON i.id = a.inquiry_id JOIN family f ON f.id = i.family_id
          JOIN volunteer v ON v.id = a.volunteer_id""",
    "extension": _of_assignment("extension", f"'til ' || {_day('until_on')}"),
    "follow_up": _of_assignment("follow_up", f"kind || ' ' || {_day('planned_on')}"),
    "activity": f"SELECT id, title AS name, {_day('held_on')} AS detail FROM activity",
    "activity_family": """
        SELECT activity_family.id, f.name, a.title AS detail
          FROM activity_family JOIN family f ON f.id = family_id
          JOIN activity a ON a.id = activity_id""",
    "hours": _of_volunteer("hours", f"kind || ' ' || {_day('worked_on')}"),
    "resource_group_member": """
        SELECT id, name, coalesce(role, '') AS detail FROM resource_group_member""",
    "resource_group_meeting": f"""
        SELECT id, 'møtet ' || {_day("held_on")} AS name, '' AS detail
          FROM resource_group_meeting""",
    "rule_exception": f"""
        SELECT id, rule AS name, {_day("decided_on")} AS detail FROM rule_exception""",
    "annual_report": """
        SELECT id, 'årsrapporten for ' || year AS name,
               iif(locked_at IS NULL, 'lest inn', 'låst') AS detail
          FROM annual_report""",
    "report_figure": """
        SELECT f.id, f.label AS name, r.year || ', ' || f.section AS detail
          FROM report_figure f JOIN annual_report r ON r.id = f.annual_report_id""",
    "report_text": """
        SELECT id, kind || ' i årsrapporten for ' || year AS name, part AS detail
          FROM report_text""",
    "target": "SELECT id, 'mål for ' || year AS name, figure AS detail FROM target",
}
