from dashboard import ui

with ui.page("requests") as view:
    ui.heading("requests", "", view)
