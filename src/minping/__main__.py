"""`python -m minping`: the command line, where the program `minping` is not on the path."""

from minping.cli import main

if __name__ == "__main__":
    main()
