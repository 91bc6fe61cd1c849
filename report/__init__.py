"""Turns structured content into typeset, finished and inspected reports.

Data flows one way; a module imports only what stands before it:

problems → yamlfile → model → content → typography → prose → notes → pages, data → typesetting
(with structure_tree, words, tagging) → layout → finishing (with print_standards, xmp, cff) →
preflight (with the pdf_* readers), validators → production (with order, processes) → build → cli

Beside that line stand the editorial checks, which read the content and never typeset it:
content, prose, pages → passages, findings, written_numbers, spelling (with hunspell) →
checks_form → translations → the other checks_* → checks → schemas, watch, checks_reference,
links → build → cli
"""
