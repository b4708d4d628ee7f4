-- Registrations on the courses that start in the period. A person on two courses is two.
SELECT r.id, r.imported_id, v.name,
       iif(substr(c.starts_on, 6, 2) <= '06', 'vår', 'høst') AS season
  FROM course_registration r
  JOIN course c ON c.id = r.course_id
  JOIN volunteer v ON v.id = r.volunteer_id
 WHERE c.starts_on BETWEEN :first AND :last
