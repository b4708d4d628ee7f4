"""Invented people: ordinary first names and surnames put together at random."""

WOMEN = (
    "Anne", "Berit", "Camilla", "Dagny", "Eli", "Frida", "Gerd", "Hanne", "Ingrid", "Jorunn",
    "Kari", "Liv", "Marit", "Nina", "Oddny", "Randi", "Siri", "Turid", "Unni", "Vigdis",
    "Wenche", "Åse", "Amina", "Fatima", "Leila", "Olena", "Zofia",
)  # fmt: skip
MEN = (
    "Arne", "Bjørn", "Erik", "Geir", "Harald", "Ivar", "Jon", "Kjell", "Magne", "Nils",
    "Ole", "Per", "Roar", "Steinar", "Tor", "Øyvind", "Ahmed", "Samuel",
)  # fmt: skip
CHILDREN = (
    "Ada", "Aksel", "Alma", "Amir", "Brage", "Edda", "Eira", "Emil", "Falk", "Hedda",
    "Iben", "Jonas", "Kasper", "Lilly", "Mina", "Noor", "Odin", "Pia", "Selma", "Sverre",
    "Tiril", "Vilde", "Yusuf", "Ylva", "Ørjan", "Åsne",
)  # fmt: skip
SURNAMES = (
    "Aasland", "Bakken", "Berge", "Bråten", "Dalen", "Eide", "Enger", "Fjeld", "Foss", "Granli",
    "Hagen", "Haugland", "Hovland", "Kvam", "Lia", "Lunde", "Moen", "Myhre", "Nes", "Nygård",
    "Oppegård", "Rønning", "Sandvik", "Skogen", "Solheim", "Strand", "Sund", "Tangen", "Vik",
    "Viken", "Ødegård", "Åsen", "Abdi", "Hassan", "Khan", "Kovalenko", "Nguyen", "Nowak", "Tesfay",
)  # fmt: skip
AREAS = ("Sentrum", "Elvebakken", "Nordby", "Solåsen", "Fjellhagen")
