"""What a review hands on: flow diagram, search report, evidence table, register."""
