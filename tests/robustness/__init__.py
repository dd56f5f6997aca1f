"""Bad input, and untrusted rules and models."""
