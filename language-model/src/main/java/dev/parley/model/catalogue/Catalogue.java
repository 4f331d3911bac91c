package dev.parley.model.catalogue;

import dev.parley.model.ModelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The models that a file lists. Immutable.
 *
 * @param entries in the order of the file
 */
public record Catalogue(List<CatalogueEntry> entries) {
  public Catalogue {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a catalogue such as {@code config/models.yaml}.
   *
   * @throws ModelException if the file cannot be read or holds a mistake, named with line and key
   */
  public static Catalogue read(Path yaml) {
    return new CatalogueReader(yaml).read();
  }

  public Optional<CatalogueEntry> find(String id) {
    return entries.stream().filter(entry -> entry.id().equals(id)).findFirst();
  }

  /**
   * The model for people who named none: of those that speak the language, the smallest, or on a
   * card the largest that fits it; where there is none, the smallest of all.
   *
   * @param available whether a model is here already or one of its sources answers; asked as little
   *     as possible, because that takes time
   * @throws ModelException if no model of the catalogue runs on this machine
   */
  public Choice choose(Locale locale, Machine machine, Predicate<CatalogueEntry> available) {
    return new DefaultModel(entries, locale, machine, available).choose();
  }
}
