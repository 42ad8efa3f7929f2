"""x."""
from PySide6.QtWidgets import QWidget
class SyncPage(QWidget):
    """x."""
    def __init__(self, context): super().__init__()
