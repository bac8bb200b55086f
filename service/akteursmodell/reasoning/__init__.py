"""Reasoning over the ontology."""
