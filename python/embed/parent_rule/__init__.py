"""How cells borrow the shape of their parent: learned on cells whose mean, or one of whose percentiles, is hidden."""
