"""From a query to ranked hits: query, spelling, ranking."""
