"""Duplicates among records: pairs with reasons, groups, reversible links."""
