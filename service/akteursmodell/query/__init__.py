"""Answering SPARQL: what is refused, how an answer is written, and labels for people."""
