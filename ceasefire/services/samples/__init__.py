"""Samples: a file of cited records that can be loaded, and restored after it was edited."""

from ceasefire.services.samples.files import BadSample, Entry, Sample, read
from ceasefire.services.samples.loading import Count, Outcome, load

__all__ = ["BadSample", "Count", "Entry", "Outcome", "Sample", "load", "read"]
