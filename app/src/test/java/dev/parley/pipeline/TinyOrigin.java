package dev.parley.pipeline;

import dev.parley.learning.VersionId;
import dev.parley.model.LanguageModel;
import dev.parley.model.engine.LocalModel;
import dev.parley.model.engine.LocalModelOptions;
import dev.parley.model.engine.ModelParts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A tiny model of chance. */
record TinyOrigin(Path path) implements Origin {
  static final TinyOrigin TIED =
      new TinyOrigin(
          Path.of("../language-model/src/test/resources/dev/parley/model/tiny/llama-tied"));

  @Override
  public String name() {
    return "tiny";
  }

  @Override
  public Optional<VersionId> version() {
    return Optional.empty();
  }

  @Override
  public ModelParts parts() throws IOException {
    return parts(path);
  }

  @Override
  public ModelParts parts(Path trained) throws IOException {
    return ModelParts.open(trained, Map.of());
  }

  @Override
  public LanguageModel load() throws IOException {
    return load(path);
  }

  @Override
  public LanguageModel load(Path trained) throws IOException {
    return LocalModel.load(trained, LocalModelOptions.DEFAULT);
  }
}
