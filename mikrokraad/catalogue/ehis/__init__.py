"""Records of the Estonian education register (EHIS), read and taken over."""
