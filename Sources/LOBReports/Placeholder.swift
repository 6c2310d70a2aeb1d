enum LOBReportsPlaceholder {}
