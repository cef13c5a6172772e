"""Every page, file and check of the timeline."""
