"""What the site costs, measured against floors and peers; `make bench` runs it all."""
