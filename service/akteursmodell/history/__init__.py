"""The journal of all changes, and what it can tell: past data states, differences, origins."""
