from dashboard import ui

with ui.page("channels") as view:
    ui.heading("channels", "", view)
