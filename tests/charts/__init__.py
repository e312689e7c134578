"""What the charts promise, family by family."""
