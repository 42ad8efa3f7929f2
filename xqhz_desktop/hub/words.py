"""The words of the bureau's page."""

from __future__ import annotations

from xqhz_desktop.i18n import N_

WORDS = {
    "title": N_("School–enterprise cooperation: central server"),
    "schools": N_("Schools"),
    "school": N_("School"),
    "name": N_("Name"),
    "code": N_("Code"),
    "devices": N_("Devices"),
    "device": N_("Device"),
    "last": N_("Last package"),
    "failures": N_("Refused in 30 days"),
    "waiting": N_("Waiting"),
    "conflicts": N_("Conflicts open"),
    "total": N_("Total"),
    "search": N_("Search"),
    "search_hint": N_("Name or code of a school"),
    "download": N_("Download"),
    "nothing": N_("No school has joined yet. Schools are admitted with: xqhz hub enroll"),
    "nothing_found": N_("No school is called that. Try fewer characters."),
    "never": N_("never"),
    "seen": N_("Last seen"),
    "clock": N_("Clock"),
    "clock_right": N_("right"),
    "revoked": N_("Revoked"),
    "packages": N_("Last packages"),
    "at": N_("When"),
    "state": N_("State"),
    "size": N_("Size"),
    "changes": N_("Changes"),
    "why": N_("Reason"),
    "receiving": N_("being received"),
    "state_waiting": N_("waiting"),
    "taken": N_("taken in"),
    "refused": N_("refused"),
    "no_packages": N_("Nothing has come from this school yet."),
    "no_devices": N_("No device yet."),
    "back": N_("All schools"),
    "account": N_("Account"),
    "password": N_("Password"),
    "login": N_("Log in"),
    "logout": N_("Log out"),
}
"""Every text of the templates, by its name there."""
