"""`python -m config.up`, which `make up` runs: the whole site, in the foreground."""
