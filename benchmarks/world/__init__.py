"""A made-up world of any size: the same seed and size give the same records.

It is as uneven as the real ones: few parties, places and outlets are named by most records, most
days are known exactly and some hardly, documents tell of several incidents and rest on one another,
truces overlap. Names and texts are invented.
"""
