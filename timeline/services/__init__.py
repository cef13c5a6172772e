"""The writes of the timeline that no builder does."""
