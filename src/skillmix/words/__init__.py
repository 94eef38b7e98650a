"""How it reads: numbers in words, sentences and caveats."""
