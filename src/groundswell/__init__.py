"""Measures coordinated campaigns in social media posts, and shows the posts behind every claim."""
