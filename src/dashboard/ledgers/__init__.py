"""What reports hand on to each other (data/codebook/ledgers.toml): its relations in the database, and the findings between reports."""
