"""Changes between laptops, schools and the central server: what travels, and how it meets."""
