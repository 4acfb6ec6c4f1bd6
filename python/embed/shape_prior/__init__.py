"""Learns the prior of the default curve from individual wages and from published percentiles."""
