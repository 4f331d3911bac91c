package dev.parley.model.catalogue;

import dev.parley.model.ModelException;
import java.nio.file.Path;
import java.util.Comparator;
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
   * The entry of the model that lies in a file or folder, as its name tells: one that begins with
   * the entry's id, in whatever case, such as {@code Qwen3-0.6B-Q8_0.gguf}. Of several the longest.
   */
  public Optional<CatalogueEntry> like(Path file) {
    String name = String.valueOf(file.getFileName());
    return entries.stream()
        .filter(entry -> begins(name, entry.id()))
        .max(Comparator.comparingInt(entry -> entry.id().length()));
  }

  private static boolean begins(String name, String id) {
    int length = id.length();
    return name.regionMatches(true, 0, id, 0, length)
        && (name.length() == length || !Character.isLetterOrDigit(name.charAt(length)));
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
