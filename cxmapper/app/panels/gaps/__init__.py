"""The panel of gaps: where customers find less than they should, and how sure that is."""
