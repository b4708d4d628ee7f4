-- Volunteers who belonged to the department at some time in the period: approved by its end, and
-- not left before it began, in the present period or an earlier one. A pause does not matter.
-- Every population may refer to them. One who came back may be there twice.
SELECT id FROM volunteer
 WHERE (left_on IS NULL OR left_on >= :first) AND approved_on <= :last
 UNION ALL
SELECT volunteer_id FROM earlier_period WHERE left_on >= :first AND approved_on <= :last
