package dev.parley.loading;

import dev.parley.configuration.Configuration;
import dev.parley.model.ModelException;
import dev.parley.model.catalogue.Catalogue;
import dev.parley.model.catalogue.CatalogueEntry;
import dev.parley.model.catalogue.Choice;
import dev.parley.model.catalogue.Machine;
import dev.parley.model.catalogue.ModelStore;
import dev.parley.model.transformer.Checkpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which model shall answer: the one that the operator named, else the one chosen by {@code model
 * use}, else what suits the machine. Immutable.
 */
public final class ModelChoices {
  /** The fallback that is what would answer without a server. */
  private static final String LOCAL = "local";

  private final Configuration configuration;

  public ModelChoices(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Finds out what shall answer; may ask the hub what it has.
   *
   * @throws ModelException if the catalogue cannot be read, or lists nothing for this machine
   */
  public ModelChoice wanted() throws IOException {
    List<URI> urls = configuration.model().urls();
    return urls.isEmpty() ? here() : new ModelChoice.Servers(urls);
  }

  /** What shall answer while no server does; empty where the operator wants nothing of the kind. */
  public Optional<ModelChoice> fallback() throws IOException {
    Optional<String> fallback = configuration.model().fallback();
    if (fallback.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(fallback.get().equals(LOCAL) ? here() : named(fallback.get()));
  }

  private ModelChoice here() throws IOException {
    Optional<String> named = name();
    if (named.isEmpty()) {
      Choice choice = catalogue().choose(Locale.getDefault(), machine(), store()::isAvailable);
      return new ModelChoice.Listed(choice.entry(), choice.reason());
    }
    return named(named.get());
  }

  /** A model of the catalogue by its id, else one's own by its path. */
  public ModelChoice named(String idOrPath) {
    Catalogue catalogue = catalogue();
    return catalogue
        .find(idOrPath)
        .<ModelChoice>map(entry -> new ModelChoice.Listed(entry, ""))
        .orElseGet(
            () -> {
              Path path = Path.of(idOrPath);
              return new ModelChoice.Own(path, catalogue.like(path));
            });
  }

  /** The model named by the operator, or by an earlier {@link #choose}; empty where none is. */
  public Optional<String> name() throws IOException {
    if (configuration.model().local().isPresent()) {
      return configuration.model().local();
    }
    Path file = configuration.chosenModelFile();
    return Files.exists(file)
        ? Optional.of(Files.readString(file).strip()).filter(chosen -> !chosen.isEmpty())
        : Optional.empty();
  }

  /**
   * Keeps which model answers from the next start on.
   *
   * @throws IOException where it cannot be written: what was chosen before still holds
   */
  public void choose(CatalogueEntry entry) throws IOException {
    Path file = configuration.chosenModelFile();
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(unfinished, entry.id() + "\n");
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IOException(
          "The choice cannot be written to %s: check who owns it and that its disk has room, or set PARLEY_MODEL=%s."
              .formatted(file, entry.id()),
          e);
    }
  }

  public Catalogue catalogue() {
    return Catalogue.read(configuration.catalogueFile());
  }

  public ModelStore store() {
    return new ModelStore(configuration.modelsFolder(), System.getenv());
  }

  public Machine machine() {
    return Machine.here(0, Checkpoint.architectures());
  }
}
