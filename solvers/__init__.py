"""What is computed: equilibria, diagnosis, comparison, and the certificates that prove them."""
