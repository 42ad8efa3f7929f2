"""Spreadsheets and text files: read whatever schools have, write what Excel and WPS open."""
