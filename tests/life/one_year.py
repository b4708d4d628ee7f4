"""What the form says of a year with one family and one volunteer, however it was typed in.

Worked out by hand from docs/definitions.md. Every figure that is not here is zero.
"""

THE_YEAR: dict[str, float] = {
    "courses.spring": 1,
    "courses.spring.participants": 1,
    "volunteers.new": 1,
    "volunteers.occupation.pensjonist": 1,
    "volunteers.gender.kvinne": 1,
    "volunteers.gender.kvinne.65-74": 1,  # 65 at the end of the year
    "volunteers.has_children.yes": 1,
    "volunteers.total": 1,
    "volunteers.linked": 1,
    "volunteers.other_activity.linked": 1,
    "volunteers.other_activity": 1,
    "families.civil_status.enslig": 1,
    "families.background.norsk": 1,
    "families.total": 1,
    "children.0-2": 1,  # Ada, 2
    "children.3-6": 1,  # Per, 4
    "children.total": 2,
    "activity_families.linked": 1,
    "activity_families.total": 1,
    "activities.total": 1,
    "activities.parents": 1,
    "activities.children": 2,
    "families.challenges.aleneforelder": 1,
    "families.challenges.nettverk": 1,
    "families.support.avlastning": 1,
    "families.network.venner": 1,
    "inquiries.source.helsestasjon": 1,
    "inquiries.total": 1,
    "assignments.ended.7-9": 1,  # 20 March to 30 November: eight months and ten days
    "assignments.total": 1,
    "hours.mean_visit": 2.75,  # 22 hours on 8 visits
    "assignments.starts.before_15": 1,
    "hours.assignments": 22,
    "hours.assignments.driving": 1.33,  # 1:20
    "hours.other": 3,
    "hours.total": 26.33,
    "hours.fte": 0.02,  # of 1,750
    "families.help_before.helsestasjon": 1,
    "families.help_before": 1,
    "families.found_us.helsestasjon": 1,
    "volunteers.found_us.stand": 1,
}
