"""The columns of the table of requests."""

#: Who asked, in the form's order, and without the total.
GROUPS = ("natural_person", "enterprise", "research", "public_welfare", "legal_services", "other_org")
