"""Events of the organisation at the desk: recorded in two steps, listed, undone."""
