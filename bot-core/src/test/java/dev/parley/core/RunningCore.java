package dev.parley.core;

import dev.parley.chat.Profile;
import dev.parley.learning.VersionStore;
import dev.parley.learning.VersionedModel;
import dev.parley.model.LanguageModel;
import dev.parley.model.SamplingOptions;
import dev.parley.moderation.SecondOpinion;
import dev.parley.person.Door;
import dev.parley.person.Operators;
import dev.parley.platform.Platform;
import dev.parley.prompt.Persona;
import dev.parley.queue.QueueLimits;
import dev.parley.storage.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The whole bot but its launcher and its platforms, as adapters' tests run it. */
public record RunningCore(Database database, Assembly assembly) implements AutoCloseable {
  private static final Profile PROFILE =
      new Profile(
          "Parley",
          "",
          SamplingOptions.GREEDY,
          100,
          100_000,
          Duration.ofHours(12),
          ZoneOffset.UTC,
          List.of(new Persona("assistant", Map.of("en", "Assistant"), "")),
          Optional.empty());

  /** Takes up what is older and starts the platforms. */
  public static RunningCore start(
      Database database, LanguageModel model, QueueLimits limits, Platform... platforms) {
    return start(database, model, limits, Door.open(new Operators(Set.of())), platforms);
  }

  /** The same, for those who are let in. */
  public static RunningCore start(
      Database database,
      LanguageModel model,
      QueueLimits limits,
      Door door,
      Platform... platforms) {
    List<Platform> all = List.of(platforms);
    Clock clock = Clock.system(ZoneOffset.UTC);
    Assembly assembly =
        Assembly.of(
            PROFILE,
            limits,
            door,
            Map.of(),
            database,
            alone(model, new VersionStore(database, clock)),
            false,
            (queue, data) -> new ScriptedTrainer(),
            new ScriptedUpkeep(),
            new TextPictures(),
            SecondOpinion.none(),
            all,
            clock);
    for (Platform platform : all) {
      assembly.answering().resume(platform.name()); // what is older comes first
      platform.start(assembly.core());
    }
    return new RunningCore(database, assembly);
  }

  /** A model of which no version was trained. */
  private static VersionedModel alone(LanguageModel model, VersionStore versions) {
    try {
      return VersionedModel.open(
          versions,
          new VersionedModel.Loader() {
            @Override
            public LanguageModel own() {
              return model;
            }

            @Override
            public LanguageModel version(Path folder) throws IOException {
              throw new IOException("no version was trained");
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends what runs; the platforms and the database are their owners'. */
  @Override
  public void close() {
    assembly.close();
  }
}
