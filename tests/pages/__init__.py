"""The pages, opened as the server opens them and read as a person reads them."""
