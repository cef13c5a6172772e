"""Arabic, as newsrooms of the Levant write it."""
