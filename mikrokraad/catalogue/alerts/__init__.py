"""Being told by e-mail: of new programmes, of an opening, of a deadline that comes near."""
