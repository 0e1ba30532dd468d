"""What pages are put together from: headline, chart, table, chips, toggles, empty states."""
