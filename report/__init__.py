"""Turns structured content into typeset, finished and inspected reports.

Data flows one way through rooms; a package imports only what stands before it:

problems, yamlfile, declared, styles → edition → pages → typeset → output → pdf, preflight →
production (with options, processes) → build (with placing) → commands

Beside that line stand the editorial checks, which read the edition and never typeset it:

edition, pages → checks → schemas, build → commands
"""
