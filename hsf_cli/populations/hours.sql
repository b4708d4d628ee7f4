-- Hours entries in the period.
SELECT h.id, v.name, h.kind, h.visits, h.minutes, h.driving_minutes
  FROM hours h
  JOIN volunteer v ON v.id = h.volunteer_id
 WHERE h.worked_on BETWEEN :first AND :last
