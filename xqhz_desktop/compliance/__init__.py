"""What the law asks: numbers and texts come from rule packs, never from code."""
