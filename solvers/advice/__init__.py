"""What a mediator can recommend, and games with private information."""
