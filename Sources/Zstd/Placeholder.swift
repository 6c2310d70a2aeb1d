enum ZstdPlaceholder {}
