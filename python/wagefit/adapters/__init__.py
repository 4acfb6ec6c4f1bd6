"""`wagefit.fit_table` inside engines that hold more rows than one process; each adapter is imported by its own name."""
