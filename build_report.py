"""The command of the report generator; ``--help`` tells what it can do."""

from report.commands.main import main

if __name__ == "__main__":
    main()
