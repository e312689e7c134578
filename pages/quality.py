from dashboard import ui

with ui.page("quality") as view:
    ui.heading("quality", "", view)
