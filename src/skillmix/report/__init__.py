"""The self-contained report and the files beside it."""
