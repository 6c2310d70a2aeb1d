// A recommendation speaks of profiles in DMS's terms: who imports this module has both.
@_exported public import DMS
@_exported public import LOBProfile
