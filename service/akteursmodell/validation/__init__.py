"""Checking data against the shapes, and telling people what to do."""
