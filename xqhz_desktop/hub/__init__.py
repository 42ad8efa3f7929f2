"""The central server: takes what laptops bring, merges it as they do, and tells the bureau."""
