"""Which evidence a review of the literature found, and what it rests on."""
