"""From the text of an advert to the codes of the scheme, each with its evidence."""
