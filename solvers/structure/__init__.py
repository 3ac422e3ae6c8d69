"""What a game is made of: potentials, conflict, values, the price of anarchy."""
