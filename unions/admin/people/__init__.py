"""People at the desk: accounts, roles, invitations, and the yearly look at all of them."""
