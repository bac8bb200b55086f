"""What pages show, computed from the graph: plain data, without HTTP and without HTML."""
