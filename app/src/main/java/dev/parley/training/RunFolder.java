package dev.parley.training;

import dev.parley.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a run keeps what it has, and leaves what it learned.
 *
 * @param path of the folder
 */
public record RunFolder(Path path) {
  /** Enough of a run's name to tell folders apart. */
  private static final int SHOWN = 8;

  /**
   * The folder that the operator named; else the one in which the same command left off, or a new
   * one by kind and date.
   *
   * @param all where such folders are
   * @param run the run's name
   * @throws ModelException where a run has ended there
   */
  static RunFolder choose(Optional<Path> named, Path all, String kind, LocalDate today, String run)
      throws IOException {
    String end = "-" + run.substring(0, SHOWN);
    RunFolder folder =
        new RunFolder(
            named.orElse(begun(all, kind, end).orElse(all.resolve(kind + "-" + today + end))));
    if (folder.finished()) {
      throw new ModelException(
          "%s has the model of a run that ended: name another folder by --out."
              .formatted(folder.path));
    }
    return folder;
  }

  private static Optional<Path> begun(Path all, String kind, String end) throws IOException {
    if (!Files.isDirectory(all)) {
      return Optional.empty();
    }
    try (Stream<Path> folders = Files.list(all)) {
      return folders
          .filter(each -> each.getFileName().toString().startsWith(kind + "-"))
          .filter(each -> each.getFileName().toString().endsWith(end))
          .filter(each -> !new RunFolder(each).finished())
          .max(Path::compareTo);
    }
  }

  /** Where the run stands, until it has ended. */
  Path state() {
    return path.resolve("state.safetensors");
  }

  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  public Path curves() {
    return path.resolve("curves.png");
  }

  Path calibration() {
    return path.resolve("calibration.png");
  }

  Path rewardHead() {
    return path.resolve("reward.safetensors");
  }

  /** What {@code train rank} left. */
  public Path ranker() {
    return path.resolve("ranker.safetensors");
  }

  Path accuracy() {
    return path.resolve("accuracy.png");
  }

  /** All weights. */
  Path model() {
    return path.resolve("model.safetensors");
  }

  /** Matrices of low rank, as PEFT names them. */
  Path adapter() {
    return path.resolve("adapter_model.safetensors");
  }

  /** Whether a run ended here, and left what it learned. */
  public boolean finished() {
    return !Files.exists(state())
        && (Files.exists(model()) || Files.exists(adapter()) || Files.exists(ranker()));
  }
}
