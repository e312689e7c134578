"""Government information disclosure reports, read into facts and shown as trends, gaps and checks."""

__version__ = "0.1.0"
