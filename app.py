"""The app: its pages (dashboard.ui.page.PAGES). Start it with `dashboard serve`."""

from dashboard import ui

ui.run()
