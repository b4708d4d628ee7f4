-- Hours entries in the period.
-- What «annet» was (`_other`) is for people to read: no form asks for it.
SELECT h.id, h.imported_id, v.name, h.kind, h.visits, h.minutes, h.driving_minutes,
       h.kind_other
  FROM hours h
  JOIN volunteer v ON v.id = h.volunteer_id
 WHERE h.worked_on BETWEEN :first AND :last
