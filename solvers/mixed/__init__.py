"""Mixed equilibria of several named players."""
