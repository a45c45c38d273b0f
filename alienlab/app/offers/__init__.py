"""What plugins offer beside laboratories, at work: measures, sweeps, exporters, operations and recognisers."""
