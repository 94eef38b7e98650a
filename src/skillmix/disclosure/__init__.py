"""What may be shown: rounding and suppression."""
