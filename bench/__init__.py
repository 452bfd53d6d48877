"""How fast the reading is and how much memory it takes. Nothing here is part of the tests."""
