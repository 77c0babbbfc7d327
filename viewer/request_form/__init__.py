"""The application form (申請表) of an office."""
