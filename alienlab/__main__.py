"""``python -m alienlab``."""

from alienlab.cli import main

if __name__ == "__main__":
    main()
