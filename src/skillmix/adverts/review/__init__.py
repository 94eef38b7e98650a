"""Review by two coders: sheets, codings, agreement, and a gold set that grows."""
