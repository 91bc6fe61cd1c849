"""The command of the report generator; ``--help`` tells what it can do."""

from report.cli import main

if __name__ == "__main__":
    main()
