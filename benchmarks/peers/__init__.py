"""Other programs that are given the same rows. Nothing outside of the benchmark uses them."""
