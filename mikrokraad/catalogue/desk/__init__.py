"""What the programme manager's desk shows. Only reads; each looks at its own units."""
