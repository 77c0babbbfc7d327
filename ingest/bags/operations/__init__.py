"""Operations: one a module, each named by its verb."""
