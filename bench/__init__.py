"""Benchmarks: `bench.run` puts SPARQL services side by side, `bench.inside` looks into this one."""
