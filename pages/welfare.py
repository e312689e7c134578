from dashboard import ui

with ui.page("welfare") as view:
    ui.heading("welfare", "", view)
