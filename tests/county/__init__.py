"""The example county (示例县): six fictional agencies, their reports of 2012 to 2025 and what they truly say.

`python -m tests.county` writes data/documents anew. story.csv has the figures of every year, sentences.toml the
wording, plan.csv which year is in which format and layout and what is wrong with it on purpose.
"""
