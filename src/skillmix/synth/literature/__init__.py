"""An invented bibliography: exports, screening, evidence and a report that cites."""
