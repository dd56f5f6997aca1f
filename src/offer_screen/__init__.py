"""Screens Indonesian job offers for signs of trafficking and fraud."""
