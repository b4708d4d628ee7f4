-- Assignments that ran at some time in the period. One that ends after it is still running.
SELECT r.id, r.imported_id, f.name || ' – ' || v.name AS name,
       r.ended_on IS NULL OR r.ended_on > :last AS running,
       iif(r.ended_on <= :last, begun_months(r.started_on, r.ended_on), NULL) AS months,
       iif(r.usual_time < '15:00', 'før 15', iif(r.usual_time >= '15:00', 'etter 15', NULL))
           AS starts_at
  FROM running r
  JOIN family f ON f.id = r.family_id
  JOIN volunteer v ON v.id = r.volunteer_id
