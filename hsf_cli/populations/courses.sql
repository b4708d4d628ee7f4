-- Courses that start in the period; spring is January to June.
SELECT id, imported_id, name, iif(substr(starts_on, 6, 2) <= '06', 'vår', 'høst') AS season
  FROM course
 WHERE starts_on BETWEEN :first AND :last
