"""Turns structured content into typeset, finished and inspected reports.

Data flows one way; a module imports only what stands before it:

problems → yamlfile → model → content → typography → prose → notes → pages
→ typesetting (with tagging and footnotes) → layout → finishing → preflight → build → cli
"""

__version__ = "1.0.0"
