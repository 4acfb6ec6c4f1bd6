"""What every room uses: arguments and columns as clean numbers, tables, text, bars."""
