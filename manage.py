#!/usr/bin/env python3
"""Django's usual entry; `mikrokraad` is the same under the product's name."""

from mikrokraad.config.cli import main

if __name__ == "__main__":
    main()
