package dev.parley.loading;

import dev.parley.model.catalogue.CatalogueEntry;
import java.net.URI;
import java.nio.file.Path;

/** What shall answer. */
public sealed interface ModelChoice {
  /** A model of a server elsewhere. */
  record Server(URI url) implements ModelChoice {}

  /**
   * A model of the catalogue.
   *
   * @param reason why it was chosen for an operator who named none, one sentence without its full
   *     stop; empty where it was named
   */
  record Listed(CatalogueEntry entry, String reason) implements ModelChoice {}

  /** A GGUF file or a model folder, wherever it lies. */
  record Own(Path path) implements ModelChoice {}
}
