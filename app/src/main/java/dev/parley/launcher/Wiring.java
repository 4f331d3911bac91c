package dev.parley.launcher;

import dev.parley.backup.Backups;
import dev.parley.chat.Profile;
import dev.parley.configuration.Configuration;
import dev.parley.configuration.Secret;
import dev.parley.core.Assembly;
import dev.parley.learning.Trainer;
import dev.parley.learning.TrainingData;
import dev.parley.learning.VersionStore;
import dev.parley.learning.VersionedModel;
import dev.parley.loading.VersionLoader;
import dev.parley.model.SamplingOptions;
import dev.parley.model.remote.ApiKey;
import dev.parley.model.remote.ModerationEndpoint;
import dev.parley.model.transformer.Processor;
import dev.parley.moderation.Category;
import dev.parley.moderation.SecondOpinion;
import dev.parley.person.Door;
import dev.parley.person.Operators;
import dev.parley.picture.ChatPictures;
import dev.parley.pipeline.LiveTrainer;
import dev.parley.pipeline.PipelineOptions;
import dev.parley.pipeline.VersionTraining;
import dev.parley.platform.PersonId;
import dev.parley.platform.Platform;
import dev.parley.prompt.SystemPrompt;
import dev.parley.queue.GenerationQueue;
import dev.parley.storage.Database;
import dev.parley.terminal.TerminalPlatform;
import java.io.IOException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The core as the operator configured it. */
final class Wiring {
  private Wiring() {}

  /**
   * Puts the core together.
   *
   * @param model what answers
   * @param loader of its versions
   * @param sampling how tokens are drawn where nobody chose otherwise
   */
  static Assembly assemble(
      Configuration configuration,
      Database database,
      VersionedModel model,
      VersionLoader loader,
      SamplingOptions sampling,
      List<? extends Platform> platforms) {
    Clock clock = Clock.system(ZoneId.systemDefault());
    Profile profile =
        new Profile(
            configuration.name(),
            configuration.systemPrompt(),
            sampling,
            configuration.answer().maxTokens(),
            model.info().contextLength(),
            configuration.conversationIdle(),
            clock.getZone(),
            configuration.personas(),
            configuration.backup().longest());
    return Assembly.of(
        profile,
        configuration.queue(),
        door(configuration),
        configuration.settings(),
        database,
        model,
        loader.first().brief(),
        (queue, data) -> trainer(configuration, database, loader, queue, data),
        new RunningProgram(Backups.of(configuration)),
        new ChatPictures(clock.getZone()),
        secondOpinion(configuration.moderation()),
        platforms,
        clock);
  }

  /**
   * A category may come with a shade of it, as in self-harm/intent; those unknown here are none.
   */
  private static SecondOpinion secondOpinion(Configuration.Moderation asked) {
    if (asked.url().isEmpty()) {
      return SecondOpinion.none();
    }
    ModerationEndpoint endpoint =
        new ModerationEndpoint(
            asked.url().get(),
            asked.model(),
            asked.key().map(Secret::value).map(ApiKey::new).orElse(ApiKey.NONE));
    return text ->
        endpoint.flagged(text).stream()
            .flatMap(Set::stream)
            .flatMap(name -> Category.of(name.replaceFirst("/.*", "")).stream())
            .max(Comparator.comparing(Category.SELF_HARM::equals));
  }

  private static Trainer trainer(
      Configuration configuration,
      Database database,
      VersionLoader loader,
      GenerationQueue queue,
      TrainingData data) {
    VersionStore versions = new VersionStore(database, Clock.systemUTC());
    return new LiveTrainer(training(configuration, loader, versions, data), () -> queue.size() > 0);
  }

  /** How versions are trained. */
  static VersionTraining training(
      Configuration configuration, VersionLoader loader, VersionStore versions, TrainingData data) {
    return new VersionTraining(
        data,
        versions,
        () -> loader.origin(versions),
        () -> configuration.model().processor().orElseGet(Processor::best),
        configuration.trainingFolder(),
        SystemPrompt.common(
            configuration.name(),
            configuration.systemPrompt(),
            configuration.personas().getFirst()),
        PipelineOptions.USUAL);
  }

  /** Loads the versions that answer. */
  static VersionedModel open(Database database, VersionLoader loader) throws IOException {
    return VersionedModel.open(new VersionStore(database, Clock.systemUTC()), loader);
  }

  private static Door door(Configuration configuration) {
    Configuration.Access access = configuration.access();
    return new Door(
        operators(configuration), access.operatorsOnly(), access.people(), access.places());
  }

  /** Whoever can start a process here may do everything anyway. */
  private static Operators operators(Configuration configuration) {
    Set<PersonId> all = new HashSet<>(configuration.operators());
    all.add(TerminalPlatform.PERSON);
    return new Operators(all);
  }
}
