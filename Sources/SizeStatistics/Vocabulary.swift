// A size is part of nearly every signature: who imports this module has it.
@_exported public import Vocabulary
