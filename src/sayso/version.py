"""The version of the package: what readings are stamped with."""

__version__ = "0.1.0"
