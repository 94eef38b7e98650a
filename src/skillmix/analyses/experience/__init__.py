"""What staff say about their work, and how they are trained and treated."""
