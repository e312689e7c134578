from dashboard import ui

with ui.page("gaps") as view:
    ui.heading("gaps", "", view)
