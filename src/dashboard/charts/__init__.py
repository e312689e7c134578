"""Charts: pure functions from a DataFrame to a Plotly figure, or to SVG for the tiles.

Nothing here reads a database, calls Streamlit or decides what a number means; the words are in
text_zh.toml under [chart]. One module a family of charts; what they share is in frame.py (the
canvas), fitting.py (widths of text), records.py (rows and their states) and colours.py.
"""
