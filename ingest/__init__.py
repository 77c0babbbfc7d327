"""From the station's upload to proposals."""
