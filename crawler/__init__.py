"""Finds and fetches candidate reports from government sites; knows nothing of their structure."""
