"""A contest as a state machine: state and event → state and effects. Pure."""
