-- Volunteers approved in the period. One who comes back is new only the first time.
SELECT v.id, v.name
  FROM volunteer v
 WHERE coalesce((SELECT min(p.approved_on) FROM earlier_period p WHERE p.volunteer_id = v.id),
                v.approved_on) BETWEEN :first AND :last
