"""Short conversations: questions, first steps, keys."""
