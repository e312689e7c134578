"""Reports into the database: which speak for their year, their rows, and the rows of the codebook beside them."""
