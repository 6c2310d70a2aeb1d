enum LOBStorePlaceholder {}
