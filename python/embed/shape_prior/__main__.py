"""Writes the table of the learned prior: python python/embed/shape_prior DATA [OUTPUT]."""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])

from shape_prior.groups import read_groups  # noqa: E402
from shape_prior.table import TABLE, write_table  # noqa: E402
from shape_prior.training import read_rows, train  # noqa: E402


def main() -> None:
    """Reads the data folder, trains, writes the source."""
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python python/embed/shape_prior <data folder> [<output file>]")
    data = Path(sys.argv[1])
    shape = train(read_groups(data), read_rows(data))
    write_table(shape, Path(sys.argv[2]) if len(sys.argv) == 3 else TABLE)


main()
