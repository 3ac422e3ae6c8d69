"""What is played: representations, families of games, and the mechanisms that change them."""
