enum LOBProfilePlaceholder {}
