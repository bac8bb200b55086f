"""The one road for writes."""
