"""The graph: its terms, its store, its changes, and the loading of files."""
