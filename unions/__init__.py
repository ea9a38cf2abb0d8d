"""Who: unions and their history, people, roles, scope, journal, notices."""
