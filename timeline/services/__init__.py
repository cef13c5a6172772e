"""What is done to the derived timeline beside building it."""
