enum PostgreSQLClientPlaceholder {}
