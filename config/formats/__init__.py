"""How numbers are written, by language, where Django's own habit is not that of our readers."""
