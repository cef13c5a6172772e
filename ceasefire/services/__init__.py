"""Writes to truces and incidents, and to all that they rest on."""
