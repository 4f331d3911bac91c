package dev.parley.model.catalogue;

/**
 * A model chosen for people who named none.
 *
 * @param reason for the operator: one sentence without its full stop
 */
public record Choice(CatalogueEntry entry, String reason) {}
