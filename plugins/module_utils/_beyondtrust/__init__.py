"""BeyondTrust Remote Support and Privileged Remote Access."""
