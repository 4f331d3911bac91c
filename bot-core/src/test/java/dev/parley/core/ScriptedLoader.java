package dev.parley.core;

import dev.parley.learning.VersionStore;
import dev.parley.learning.VersionedModel;
import dev.parley.model.LanguageModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** "Loads" scripted models: one for each folder, which says which one it is. Thread-safe. */
final class ScriptedLoader implements VersionedModel.Loader {
  private final ScriptedModel own;
  private final Map<Path, ScriptedModel> versions = new ConcurrentHashMap<>();
  private final List<String> loads = new ArrayList<>(); // guarded by this
  private volatile Optional<String> failure = Optional.empty();

  ScriptedLoader(ScriptedModel own) {
    this.own = own;
  }

  VersionedModel open(VersionStore store) {
    try {
      return VersionedModel.open(store, this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a version's folder holds. */
  ScriptedModel in(Path folder) {
    return versions.computeIfAbsent(
        folder,
        key -> {
          ScriptedModel model = new ScriptedModel(4, List.of("en"));
          model.answers(prompt -> key.getFileName() + " on " + prompt.getLast().text());
          return model;
        });
  }

  /** Nothing can be loaded from now on. */
  void failsWith(String why) {
    failure = Optional.of(why);
  }

  /** What was loaded, in this order. */
  synchronized List<String> loads() {
    return List.copyOf(loads);
  }

  @Override
  public LanguageModel own() throws IOException {
    return loaded("own", own);
  }

  @Override
  public LanguageModel version(Path folder) throws IOException {
    return loaded(String.valueOf(folder.getFileName()), in(folder));
  }

  private synchronized LanguageModel loaded(String name, ScriptedModel model) throws IOException {
    if (failure.isPresent()) {
      throw new IOException(failure.get());
    }
    loads.add(name);
    return model;
  }
}
