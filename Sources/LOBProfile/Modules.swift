// Names, sizes and documents are part of nearly every signature: who imports this module has them.
@_exported public import JSON
@_exported public import SizeStatistics
@_exported public import Vocabulary
