"""One hand-written statement for each population of a year: what the counting is measured against.

Each gives the columns that the forms split the population by, as they are stored, in any order.
"""

RAN = "a.started_on <= :last AND (a.ended_on IS NULL OR a.ended_on >= :first)"
LINKED = f"""
SELECT i.family_id FROM assignment a JOIN inquiry i ON i.id = a.inquiry_id WHERE {RAN}
"""

STATEMENTS = {
    "courses": """
        SELECT id, imported_id, name, starts_on FROM course
         WHERE starts_on BETWEEN :first AND :last""",
    "registrations": """
        SELECT r.id, r.imported_id, v.name, c.starts_on
          FROM course c
          JOIN course_registration r ON r.course_id = c.id
          JOIN volunteer v ON v.id = r.volunteer_id
         WHERE c.starts_on BETWEEN :first AND :last""",
    "new_volunteers": """
        SELECT id, imported_id, name FROM volunteer v
         WHERE id IN (SELECT id FROM volunteer WHERE approved_on BETWEEN :first AND :last
                      UNION
                      SELECT volunteer_id FROM earlier_period
                       WHERE approved_on BETWEEN :first AND :last)
           AND (approved_on < :first) IS NOT TRUE
           AND NOT EXISTS (SELECT 1 FROM earlier_period p
                            WHERE p.volunteer_id = v.id AND p.approved_on < :first)""",
    "volunteers": f"""
        SELECT id, imported_id, name, occupation, gender, born, has_children, found_us,
               id IN (SELECT volunteer_id FROM assignment a WHERE {RAN}),
               id IN (SELECT volunteer_id FROM hours
                       WHERE worked_on BETWEEN :first AND :last AND kind = 'aktivitet')
          FROM volunteer v
         WHERE approved_on <= :last AND (left_on IS NULL OR left_on >= :first)
            OR id IN (SELECT volunteer_id FROM earlier_period
                       WHERE approved_on <= :last AND left_on >= :first)""",
    "families": f"""
        SELECT f.id, f.imported_id, f.name, civil_status, background, reception_centre,
               introduction_programme, challenges, support, network, help_before, help_after,
               found_us, count(c.id), max(c.special_needs)
          FROM family f
          LEFT JOIN child c
            ON c.family_id = f.id AND :year - substr(c.born, 1, 4) BETWEEN 0 AND 18
         WHERE f.id IN ({LINKED})
         GROUP BY f.id""",
    "children": f"""
        SELECT c.id, c.imported_id, c.name, f.name, c.born, c.special_needs, f.background, f.id
          FROM child c
          JOIN family f ON f.id = c.family_id
         WHERE f.id IN ({LINKED}) AND :year - substr(c.born, 1, 4) BETWEEN 0 AND 18""",
    "activity_families": f"""
        SELECT f.id, f.imported_id, f.name, f.id IN ({LINKED})
          FROM family f
         WHERE f.id IN (SELECT af.family_id
                          FROM activity a JOIN activity_family af ON af.activity_id = a.id
                         WHERE a.held_on BETWEEN :first AND :last AND a.audience = 'familier')""",
    "activities": """
        SELECT id, imported_id, title, parents, children FROM activity
         WHERE held_on BETWEEN :first AND :last AND audience = 'familier'""",
    "inquiries": """
        SELECT i.id, i.imported_id, f.name, i.source
          FROM inquiry i JOIN family f ON f.id = i.family_id
         WHERE i.received_on BETWEEN :first AND :last""",
    "assignments": f"""
        SELECT a.id, a.imported_id, f.name, v.name, a.started_on, a.ended_on, a.usual_time
          FROM assignment a
          JOIN inquiry i ON i.id = a.inquiry_id
          JOIN family f ON f.id = i.family_id
          JOIN volunteer v ON v.id = a.volunteer_id
         WHERE {RAN}""",
    "unmatched": """
        SELECT i.id, i.imported_id, f.name, i.visited_on, i.closed_on
          FROM inquiry i JOIN family f ON f.id = i.family_id
         WHERE i.received_on <= :last AND (i.closed_on IS NULL OR i.closed_on > :last)
           AND NOT EXISTS (SELECT 1 FROM assignment a
                            WHERE a.inquiry_id = i.id AND a.started_on <= :last
                              AND (a.ended_on IS NULL OR a.ended_on > :last))
            OR i.closed_on BETWEEN :first AND :last AND i.visited_on IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.inquiry_id = i.id)""",
    "hours": """
        SELECT h.id, h.imported_id, v.name, h.kind, h.visits, h.minutes, h.driving_minutes
          FROM hours h JOIN volunteer v ON v.id = h.volunteer_id
         WHERE h.worked_on BETWEEN :first AND :last""",
}
