package dev.parley.loading;

import dev.parley.model.catalogue.CatalogueEntry;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What shall answer. */
public sealed interface ModelChoice {
  /** A model of one or several servers elsewhere. */
  record Servers(List<URI> urls) implements ModelChoice {
    public Servers {
      urls = List.copyOf(urls);
    }

    /** The address, or how many there are. */
    String shown() {
      return urls.size() == 1 ? String.valueOf(urls.getFirst()) : urls.size() + " servers";
    }
  }

  /**
   * A model of the catalogue.
   *
   * @param reason why it was chosen for an operator who named none, one sentence without its full
   *     stop; empty where it was named
   */
  record Listed(CatalogueEntry entry, String reason) implements ModelChoice {}

  /**
   * A GGUF file or a model folder, wherever it lies.
   *
   * @param like an entry of the same model, which tells how to use it; empty where none is known
   */
  record Own(Path path, Optional<CatalogueEntry> like) implements ModelChoice {}
}
