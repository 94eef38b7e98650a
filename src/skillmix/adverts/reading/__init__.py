"""Files of every kind to adverts: recognised by content, bounded, nothing executed."""
