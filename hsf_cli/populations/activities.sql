-- Activities for families in the period, with the parents and children recorded on each.
SELECT id, imported_id, title AS name, parents, children
  FROM activity
 WHERE held_on BETWEEN :first AND :last AND audience = 'familier'
