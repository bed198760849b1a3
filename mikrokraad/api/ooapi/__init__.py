"""The Open Education API, version 6: the catalogue for other universities' systems.

Source: https://openonderwijsapi.nl, Open Education API 6.0, licence EUPL-1.2.
"""
