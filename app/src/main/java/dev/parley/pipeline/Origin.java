package dev.parley.pipeline;

import dev.parley.learning.VersionId;
import dev.parley.model.LanguageModel;
import dev.parley.model.engine.ModelParts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The model that is trained further, and how what comes of it is opened. Thread-safe. */
public interface Origin {
  /** For people. */
  String name();

  /** Which version it is; empty for the operator's own model. */
  Optional<VersionId> version();

  /** Apart, to be trained; whoever opens it closes it. */
  ModelParts parts() throws IOException;

  /** What was trained of it, apart. */
  ModelParts parts(Path trained) throws IOException;

  /** As it answers. */
  LanguageModel load() throws IOException;

  /** What was trained of it, as it answers. */
  LanguageModel load(Path trained) throws IOException;
}
