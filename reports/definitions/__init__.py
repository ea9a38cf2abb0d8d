"""One file a report; each enters its compose function in the catalogue when the app starts."""
