"""What is to be done: programmes, task groups, actions, breakthroughs, periods."""
