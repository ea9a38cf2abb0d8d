"""What the portal costs beside the bare tools it is made of: `make bench`."""
