"""Benchmarks: ratios within one run, as a table and in build/bench.json."""
