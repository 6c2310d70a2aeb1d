enum EphemeralPostgreSQLPlaceholder {}
