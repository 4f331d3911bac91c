package dev.parley.loading;

import dev.parley.model.ModelException;
import dev.parley.model.catalogue.CatalogueEntry;
import dev.parley.model.catalogue.ModelStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Fetches models. What is large, or has conditions, is fetched only where the operator agrees: at a
 * terminal they are asked, elsewhere they have to say so beforehand.
 */
public final class Fetching {
  private static final long LARGE = 500_000_000;

  /** Licences that ask for nothing but their own text to be passed on. */
  private static final Set<String> FREE =
      Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC", "CC0-1.0", "Unlicense");

  private final ModelStore store;
  private final PrintStream err;
  private final Function<String, Optional<String>> ask;

  /**
   * @param err where progress is shown
   * @param ask puts a question to the one at the terminal; no answer where nobody is there
   */
  Fetching(ModelStore store, PrintStream err, Function<String, Optional<String>> ask) {
    this.store = store;
    this.err = err;
    this.ask = ask;
  }

  /**
   * Brings a model here, or finds it here.
   *
   * @param agreed whether the operator agreed beforehand
   * @throws ModelException if they do not agree, or no source works
   */
  public Path pull(CatalogueEntry entry, boolean agreed) {
    if (!store.isInstalled(entry.id()) && !agreed && needsConsent(entry)) {
      requireConsent(entry);
    }
    try (ProgressLine progress = new ProgressLine(entry.name(), entry.licence(), err)) {
      return store.pull(entry, progress);
    }
  }

  private static boolean needsConsent(CatalogueEntry entry) {
    return entry.size() > LARGE || !FREE.contains(entry.licence());
  }

  private void requireConsent(CatalogueEntry entry) {
    String what =
        "%s is %.0f MB under %s".formatted(entry.name(), entry.size() / 1e6, entry.licence());
    String conditions = FREE.contains(entry.licence()) ? "" : " (it has conditions of its own)";
    Optional<String> answer = ask.apply(what + conditions + ". Fetch it? [y/N] ");
    if (answer.isEmpty()) {
      throw new ModelException(
          "%s%s: fetch it with ./parley model pull %s --yes, or set PARLEY_MODEL to another."
              .formatted(what, conditions, entry.id()));
    }
    if (!Set.of("y", "yes").contains(answer.get().strip().toLowerCase(Locale.ROOT))) {
      throw new ModelException(
          "Nothing was fetched: ./parley model list shows the models there are, and PARLEY_MODEL"
              + " names the one to use.");
    }
  }
}
