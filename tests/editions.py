"""A tiny edition in two languages that breaks no rule, for tests to break once."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_FILES = {
    "edition.yaml": """\
date: 2025-06-01
file_title: paden
publishers: [club]
agreement: {date: 2024-06-01, source: pact}
questionnaires: {spring: {sent: 2025-03-03}}
levels: [city, union]
contacts:
  - {name: Els Brug, body: club, role: mobility, email: els@club.example}
responsible_publisher: Els Brug, Kaai 1, 1000 Brussel
licence: {name: CC BY 4.0, url: https://licence.example/by}
publication:
  nl: {address: https://www.club.example/nl, data: https://www.club.example/nl.csv}
  fr: {address: https://www.club.example/fr, data: https://www.club.example/fr.csv}
""",
    "people.yaml": """\
people:
  peeters: {given: Anna, family: Van Peeters, party: groep-a, roles: [mobility]}
  clarembeau: {given: Luc, family: Clarembeau, party: groep-b, roles: [finance]}
parties:
  groep-a: {name: Groep-A}
  groep-b: {name: B&B}
""",
    "sources.yaml": """\
pact: {type: webpage, publisher: club, issued: 2024-06-01, URL: https://www.club.example/pact}
debate:
  type: hearing
  genre: committee
  number: 7
  publisher: council
  issued: 2025-04-08
  URL: https://www.raad.example/doc/7.pdf
news:
  type: article-newspaper
  publisher: paper
  issued: 2025-05-02
  URL: https://www.krant.example/artikel/2025/05/02/brug
reply_peeters:
  type: personal_communication
  author: peeters
  issued: 2025-03-20
  round: spring
  outcome: answered
reply_clarembeau:
  type: personal_communication
  author: clarembeau
  issued: 2025-03-21
  round: spring
  outcome: refused
""",
    "measures.yaml": """\
- id: bridge
  level: city
  offices: [mobility]
  status: executed
- id: paths
  level: city
  offices: [finance]
  status: not_executed
  questions: {spring: {to: [clarembeau]}}
""",
    "figures.yaml": """\
cost:
  kind: parts
  unit: millions
  total: 12.5
  values: {steel: 4.5, concrete: 2, wages: 6}
  sources: [news]
""",
    "nl/figures.yaml": """\
units:
  millions: {one: "{number} miljoen", other: "{number} miljoen"}
figures:
  cost:
    caption: De kosten van de brug.
    alternative: Van {{ figures.cost.total }} miljoen gaat het meeste naar loon.
    labels: {total: Samen, steel: staal, concrete: beton, wages: loon}
""",
    "fr/figures.yaml": """\
units:
  millions: {one: "{number} million", other: "{number} millions"}
figures:
  cost:
    caption: Le coût du pont.
    alternative: Sur {{ figures.cost.total }} millions, le plus va au travail.
    labels: {total: Total, steel: acier, concrete: béton, wages: travail}
""",
    "nl/names.yaml": """\
levels: {city: Stad, union: Europa}
roles: {mobility: minister van Mobiliteit, finance: minister van Financiën}
bodies:
  club: De Fietsersbond
  council: Vlaamse Raad
  paper: Weekblad Noord
  watch: OCAD
sources: {pact: tekst van het akkoord, news: bericht over de brug}
""",
    "fr/names.yaml": """\
levels: {city: Ville, union: Europe}
roles: {mobility: ministre de la Mobilité, finance: ministre des Finances}
bodies:
  club: Les Cyclistes
  council: Conseil flamand
  paper: Hebdo Nord
  watch: OCAM
sources: {pact: texte de l'accord, news: article sur le pont}
""",
    "nl/edition.yaml": """\
title: Rapport over fietspaden
subtitle: Wat is er gebeurd
description: Wat de stad heeft gedaan.
introduction: |
  De stad sloot op {{ dates.agreement }} een akkoord.[@pact]

  Over de brug staat meer bij de eerste maatregel ([](#bridge)).
method: |
  Wij lazen verslagen en kranten.
""",
    "fr/edition.yaml": """\
title: Rapport sur les pistes cyclables
subtitle: Ce qui a été fait
description: Ce que la ville a fait.
introduction: |
  La ville a conclu un accord le {{ dates.agreement }}.[@pact]

  La première mesure parle du pont ([](#bridge)).
method: |
  Nous avons lu des comptes rendus et des journaux.
""",
    "nl/measures/bridge.yaml": """\
title: Een brug over het water
short_title: De brug
agreement:
  kind: summary
  text: |
    De stad bouwt een brug.
reason: |
  De brug is open.
analysis: |
  Op 8 april 2025 zei minister van Mobiliteit Anna Van Peeters dat de brug open is.[@debate]

  De krant noemde de brug "een groot succes".[@news] De kosten bedragen 12,5 miljoen
  euro: 4,5 miljoen voor staal, 2 miljoen voor beton en 6 miljoen voor loon.

  ![](#cost)

  - Eerste punt.
  - **Tweede** punt.
conclusions: |
  De brug helpt iedereen.
""",
    "fr/measures/bridge.yaml": """\
title: Un pont sur l'eau
short_title: Le pont
agreement:
  kind: summary
  text: |
    La ville construit un pont.
reason: |
  Le pont est ouvert.
analysis: |
  Le 8 avril 2025, la ministre de la Mobilité, Anna Van Peeters, a ouvert le pont.[@debate]

  Le journal a jugé que le pont était "un grand succès".[@news] Le coût est de 12,5 millions
  d'euros : 4,5 millions pour l'acier, 2 millions pour le béton et 6 millions pour le travail.

  ![](#cost)

  - Premier point.
  - **Deuxième** point.
conclusions: |
  Le pont aide tout le monde.
""",
    "nl/measures/paths.yaml": """\
title: Fietspaden in de stad
short_title: Fietspaden
agreement:
  kind: summary
  text: |
    De stad legt fietspaden aan.
reason: |
  Er is niets aangelegd.
questions:
  spring:
    - Waar komen de fietspaden?
analysis: |
  Het kabinet weigerde te antwoorden.[@reply_clarembeau]
""",
    "fr/measures/paths.yaml": """\
title: Des pistes cyclables en ville
short_title: Pistes cyclables
agreement:
  kind: summary
  text: |
    La ville aménage des pistes cyclables.
reason: |
  Rien n'a été aménagé.
questions:
  spring:
    - Où seront les pistes cyclables ?
analysis: |
  Le cabinet a refusé de répondre.[@reply_clarembeau]
""",
}  # fmt: skip

# Labels are long; the ones of the real edition serve, with its statuses and addresses of this one.
_ADDRESSES = {
    "nl": "addresses: {https://www.conseil.example/doc/: https://www.raad.example/doc/}\n",
    "fr": "addresses: {https://www.raad.example/doc/: https://www.conseil.example/doc/}\n",
}


def make_edition(folder: Path) -> Path:
    """Write the tiny edition into ``folder`` and return it."""
    for name, text in _FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "content" / "statuses.yaml", folder)
    for tag, addresses in _ADDRESSES.items():
        labels = (ROOT / "content" / tag / "labels.yaml").read_text(encoding="utf-8")
        head, _, rest = labels.partition("addresses:\n")
        kept = rest[rest.index("statuses:") :]
        (folder / tag / "labels.yaml").write_text(head + addresses + kept, encoding="utf-8")
        shutil.copy(ROOT / "content" / tag / "words.txt", folder / tag)
    return folder


def edit(folder: Path, file: str, old: str, new: str) -> None:
    """Replace ``old``, which must stand there once, in a file of the edition.

    Nothing replaced writes a file that is not there yet.
    """
    path = folder / file
    if not old:
        path.parent.mkdir(parents=True)
        path.write_text(new, encoding="utf-8")
        return
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def closed(day: str, *, bridge: str, paths: str) -> tuple[str, str, str]:
    """What ``edit`` takes to add the record of an earlier edition with these statuses."""
    measures = "".join(
        f"- {{id: {key}, number: {number}, level: city, status: {status}, ministers: [],"
        " titles: {}, reasons: {}}\n"
        for number, (key, status) in enumerate({"bridge": bridge, "paths": paths}.items(), 1)
    )
    return f"editions/{day}/edition.yaml", "", f"edition: {day}\nmeasures:\n{measures}"


def place_of(folder: Path, file: str, words: str) -> tuple[int, int]:
    """Line and column, from 1, of the first occurrence of ``words``."""
    text = (folder / file).read_text(encoding="utf-8")
    before = text[: text.index(words)]
    return before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
