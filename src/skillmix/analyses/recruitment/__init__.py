"""What employers ask for and offer, who applies, and who is appointed."""
