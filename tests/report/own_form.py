"""A department's own form, right in every line."""

FORM = """\
# Vårt eget skjema, med det vi selv vil vite.

edition = 2023
chapter = { number = "1.0", title = "Våre tall" }

[[section]]
number = "1.1"
title = "Familiene"

[[section.table]]
heading = "Hvem som er alene:"
of = "families"
part_of = "all"
rows = [
  { key = "alone", label = "Enslige i {year}", where.civil_status = "enslig" },
  { label = "Gifte", where.civil_status = ["gift_samboer"] },
  { key = "all", label = "Alle" },
]

[[section]]
number = "1.2"
title = "Besøkene"

[[section.table]]
heading = ""
of = "hours"
rows = [
  { label = "Timer", where.kind = "oppdrag", sum = ["minutes", "driving_minutes"], unit = "timer" },
  { label = "Per besøk", sum = "minutes", per = "visits", unit = "timer" },
  { label = "Mange besøk", where.visits = { from = 5 } },
  { label = "Familier med hjelp", of = "families", where.help_before = { any = true } },
  { label = "Flerbarnsfamilier", of = "families", where = { children = { from = 2, to = 9 } } },
  { label = "Særskilte behov", of = "families", where.special_needs = true },
]
"""
