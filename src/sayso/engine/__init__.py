"""Engines: ways to run ``read`` over many documents."""
