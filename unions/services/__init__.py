"""What can happen to unions and people, each act in one transaction with its journal line."""
