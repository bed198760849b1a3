"""Digital credentials in plain Python: no Django, no other room, no network, no clock."""
