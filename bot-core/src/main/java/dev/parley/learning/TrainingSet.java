package dev.parley.learning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;

/**
 * What may be learned from at one time, in an order of its own: the same examples make the same
 * bytes. Immutable.
 */
public record TrainingSet(
    List<Demonstration> demonstrations, List<Preference> preferences, List<RatedAnswer> rated) {
  /** Their names in a folder. */
  public static final String DEMONSTRATIONS = "demonstrations.jsonl";

  public static final String PREFERENCES = "preferences.jsonl";
  public static final String RATED = "rated.jsonl";

  public TrainingSet {
    demonstrations = sorted(demonstrations);
    preferences = sorted(preferences);
    rated = sorted(rated);
  }

  private static <E extends Example> List<E> sorted(List<E> examples) {
    return examples.stream().sorted(Comparator.comparing(Example::id)).toList();
  }

  /** Of all that {@link #write} writes. */
  public String sha256() {
    return Sha256.of(Jsonl.of(demonstrations) + Jsonl.of(preferences) + Jsonl.of(rated));
  }

  /**
   * Writes a file of each kind into a folder, which must be there, for their owner alone to read:
   * they hold what people wrote in private. Each appears whole or not at all.
   */
  public void write(Path folder) throws IOException {
    write(folder.resolve(DEMONSTRATIONS), Jsonl.of(demonstrations));
    write(folder.resolve(PREFERENCES), Jsonl.of(preferences));
    write(folder.resolve(RATED), Jsonl.of(rated));
  }

  private static void write(Path file, String lines) throws IOException {
    Path unfinished = Files.createTempFile(file.toAbsolutePath().getParent(), "", ".part");
    try {
      Files.writeString(unfinished, lines);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
