"""What users do: one module a subject, functions named by verbs."""
