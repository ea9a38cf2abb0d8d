"""Many rows at once: unions, people and headcounts as lists, by the rules of the forms."""
