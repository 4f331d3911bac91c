package dev.parley.command;

import dev.parley.format.Markdown;
import dev.parley.learning.Trainer;
import dev.parley.learning.Trainer.Kind;
import dev.parley.learning.Version;
import dev.parley.learning.VersionException;
import dev.parley.learning.VersionId;
import dev.parley.learning.VersionState;
import dev.parley.learning.VersionStore;
import dev.parley.learning.VersionStore.RollBack;
import dev.parley.learning.VersionedModel;
import dev.parley.person.Operators;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.CommandDefinition.Option;
import dev.parley.platform.Completion;
import dev.parley.platform.PersonId;
import dev.parley.platform.Response;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /operator}: how Parley does and did in the last day, which versions of the model answer,
 * training of further ones, and tools, for those who run it. Who they are is asked with every press
 * and form: their ids are forgeable.
 */
final class OperatorCommand implements Command {
  static final String NAME = "operator";
  static final String SHOW = "show";
  static final String TRY = "try";
  static final String STOP = "stop";
  static final String PROMOTE = "promote";
  static final String ROLL_BACK = "roll-back";
  static final String TRAIN = "train";
  static final String BEGIN = "begin";
  static final String HALT = "halt";
  static final String PICTURE = "picture";
  static final String DAY = "day";
  static final String MORE = "more";
  private static final String REALLY_PROMOTE = "really-promote";
  private static final String REALLY_ROLL_BACK = "really-roll-back";

  private static final String CHANGE = "change";
  private static final String VERSION = "version";
  private static final String LEVEL = "level";
  private static final String TEXT = "text";
  private static final String SHARE = "share";
  private static final String TRAINING = "training";
  private static final String USUAL_SHARE = "10";

  /** So long a change is waited for; a model that takes longer is being loaded meanwhile. */
  private static final long PATIENCE_MILLIS = 1_000;

  private static final Logger log = LoggerFactory.getLogger(OperatorCommand.class);

  private final Operators operators;
  private final VersionedModel model;
  private final VersionStore versions;
  private final Trainer trainer;
  private final OperatorPanel panel;
  private final Map<String, OperatorTool> tools = new LinkedHashMap<>();

  OperatorCommand(
      Operators operators,
      VersionedModel model,
      VersionStore versions,
      Trainer trainer,
      OperatorPanel panel,
      List<OperatorTool> tools) {
    this.operators = operators;
    this.model = model;
    this.versions = versions;
    this.trainer = trainer;
    this.panel = panel;
    tools.forEach(tool -> this.tools.put(tool.name(), tool));
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.forOperators(
        NAME,
        Option.optional(
            CHANGE,
            Stream.concat(
                    Stream.of(SHOW, TRY, STOP, PROMOTE, ROLL_BACK, TRAIN, DAY),
                    tools.keySet().stream())
                .toArray(String[]::new)),
        Option.after(OperatorAnnouncement.NAME, TEXT),
        Option.optional(LEVEL, OperatorLogLevel.words()),
        Option.optional(
            TRAINING, Arrays.stream(Kind.values()).map(Kind::key).toArray(String[]::new)),
        Option.optional(VERSION), // after those with choices: it would take their words
        Option.optional(SHARE));
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    if (!isOperator(asker)) {
      return onlyForOperators(asker);
    }
    String name = options.getOrDefault(VERSION, "").strip();
    String change = options.getOrDefault(CHANGE, "").strip();
    Optional<OperatorTool> tool = Optional.ofNullable(tools.get(change));
    if (tool.isPresent()) {
      return options.containsKey(TEXT)
          ? tool.get().write(asker, options.getOrDefault(TEXT, ""))
          : tool.get().use(asker, options.getOrDefault(LEVEL, "").strip());
    }
    return switch (change) {
      case TRY ->
          of(
              asker,
              name,
              version -> tryOn(asker, version, options.getOrDefault(SHARE, USUAL_SHARE).strip()));
      case STOP -> with(asker, versions.tried(), version -> stop(asker, version));
      case PROMOTE -> with(asker, versions.tried(), version -> panel.askToPromote(asker, version));
      case ROLL_BACK -> askToRollBack(asker);
      case TRAIN -> train(asker, options.getOrDefault(TRAINING, ""));
      case DAY -> panel.day(asker);
      default ->
          name.isEmpty() ? panel.all(asker) : of(asker, name, version -> panel.one(asker, version));
    };
  }

  @Override
  public Stream<Completion> complete(Asker asker, Map<String, String> options, String option) {
    if (!isOperator(asker)) {
      return Stream.empty();
    }
    return switch (option) {
      case VERSION -> versions.all().stream().map(Version::name).map(Completion::of);
      case SHARE -> Stream.of(USUAL_SHARE, "50").map(Completion::of);
      default -> Stream.empty();
    };
  }

  @Override
  public Response press(Asker asker, List<String> words) {
    if (!isOperator(asker)) {
      return onlyForOperators(asker);
    }
    Optional<OperatorTool> tool = Optional.ofNullable(tools.get(Words.get(words, 0)));
    if (tool.isPresent()) {
      return tool.get().use(asker, Words.get(words, 1));
    }
    Optional<Version> pressed = pressed(words);
    return switch (Words.get(words, 0)) {
      case "" -> panel.all(asker);
      case SHOW -> with(asker, pressed, version -> panel.one(asker, version));
      case TRY -> with(asker, pressed, version -> tryOn(asker, version, Words.get(words, 2)));
      case STOP -> with(asker, pressed, version -> stop(asker, version));
      case PROMOTE -> with(asker, pressed, version -> panel.askToPromote(asker, version));
      case REALLY_PROMOTE ->
          with(asker, pressed, version -> after(asker, model.promote(version.id())));
      case ROLL_BACK -> askToRollBack(asker);
      case REALLY_ROLL_BACK ->
          with(asker, pressed, version -> after(asker, model.rollBack(version.id())));
      case TRAIN -> train(asker, Words.get(words, 1));
      case BEGIN -> {
        trainer.begin();
        yield panel.all(asker);
      }
      case HALT -> {
        trainer.stop();
        yield panel.all(asker);
      }
      case PICTURE -> panel.picture(asker);
      case DAY -> panel.day(asker);
      case MORE -> panel.more(asker, tools.keySet());
      default -> asker.say("button.old");
    };
  }

  @Override
  public Response submit(Asker asker, List<String> words, Map<String, String> values) {
    if (!isOperator(asker)) {
      return onlyForOperators(asker);
    }
    return Optional.ofNullable(tools.get(Words.get(words, 0)))
        .map(tool -> tool.write(asker, values.getOrDefault(TEXT, "")))
        .orElseGet(() -> asker.say("button.old"));
  }

  private Response train(Asker asker, String wanted) {
    trainer.plan(Kind.of(wanted.strip()).orElse(Kind.ALL));
    return panel.all(asker);
  }

  private boolean isOperator(Asker asker) {
    return operators.contains(asker.person().id());
  }

  /** Whoever is to become one reads what the configuration wants. */
  private static Response onlyForOperators(Asker asker) {
    PersonId person = asker.person().id();
    return asker.say("operator.only", person.platform() + ":" + person.id());
  }

  private Optional<Version> pressed(List<String> words) {
    OptionalLong id = Words.number(words, 1);
    return id.isEmpty() ? Optional.empty() : versions.find(new VersionId(id.getAsLong()));
  }

  private Response with(Asker asker, Optional<Version> version, Function<Version, Response> then) {
    return version.map(then).orElseGet(() -> panel.all(asker, "operator.refused.changed", "", ""));
  }

  /** Of a version by the name that was typed. */
  private Response of(Asker asker, String name, Function<Version, Response> then) {
    return versions
        .find(name)
        .map(then)
        .orElseGet(
            () ->
                panel.all(
                    asker,
                    "operator.refused." + (name.isEmpty() ? "unnamed" : "unknown"),
                    name,
                    ""));
  }

  private Response tryOn(Asker asker, Version version, String percent) {
    if (!percent.matches("[1-9]\\d?|100")) {
      return asker.say("operator.wrong-share");
    }
    return after(asker, model.tryOn(version.id(), Integer.parseInt(percent)));
  }

  private Response stop(Asker asker, Version version) {
    return version.state() == VersionState.TRIED
        ? after(asker, model.stopTrying(version.id()))
        : panel.all(asker, "operator.refused.changed", version.name(), "");
  }

  private Response askToRollBack(Asker asker) {
    Optional<RollBack> now = versions.rollBack();
    return now.isEmpty()
        ? asker.say("operator.nothing-before")
        : panel.askToRollBack(asker, now.get());
  }

  /** What became of a change; that of one that takes longer stands in the panel later. */
  private Response after(Asker asker, CompletableFuture<Void> change) {
    try {
      change.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      return panel.all(asker);
    } catch (TimeoutException loading) {
      return panel.all(asker);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return panel.all(asker);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof VersionException refused) {
        return panel.all(
            asker,
            "operator.refused." + refused.reason().key(),
            refused.name(),
            Markdown.escape(refused.detail()));
      }
      log.error("A version could not be changed", e.getCause());
      return panel.all(asker, "operator.refused.not-loaded", "", "");
    }
  }
}
