"""The files that official publishers would have made of the synthetic NHS."""
