"""Stories of people who did a programme: written at a desk, shown with their consent."""
