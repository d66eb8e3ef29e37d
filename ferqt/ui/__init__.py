"""The window: views, docks, actions and theme."""
