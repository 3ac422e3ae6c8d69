"""Games over time: repeated, evolving, disturbed by mistakes."""
