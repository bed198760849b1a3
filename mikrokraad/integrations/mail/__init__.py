"""Letters to people, sent as e-mail through whatever `EMAIL_BACKEND` names."""
