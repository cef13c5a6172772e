"""What readers are shown: each view opens one reading and renders one template."""
