"""The first version of the API: read only, public, the same facts as the pages."""
