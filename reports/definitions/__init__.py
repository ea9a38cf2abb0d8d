"""One file a report, entered in the catalogue when the app starts; and how they write results."""
