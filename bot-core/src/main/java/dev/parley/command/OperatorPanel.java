package dev.parley.command;

import dev.parley.format.Markdown;
import dev.parley.language.Texts;
import dev.parley.learning.Trainer;
import dev.parley.learning.Trainer.State;
import dev.parley.learning.Verdict;
import dev.parley.learning.Version;
import dev.parley.learning.VersionException;
import dev.parley.learning.VersionRatings;
import dev.parley.learning.VersionState;
import dev.parley.learning.VersionStore;
import dev.parley.learning.VersionStore.RollBack;
import dev.parley.learning.VersionedModel;
import dev.parley.learning.VoteComparison;
import dev.parley.learning.Votes;
import dev.parley.model.ModelInfo;
import dev.parley.platform.Button;
import dev.parley.platform.OutgoingFile;
import dev.parley.platform.Response;
import dev.parley.queue.GenerationQueue;
import dev.parley.reply.Hour;
import dev.parley.reply.LastDay;
import dev.parley.usage.UsageStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;

/** What operators read: how Parley does, its versions and how they are rated, with buttons. */
final class OperatorPanel {
  /** Most versions in a list; older ones are shown by their names. */
  private static final int LISTED = 10;

  private static final int IN_A_ROW = 5;
  private static final int TOOLS_IN_A_ROW = 3;
  private static final String PICTURE = "training.png";
  private static final String DAY_PICTURE = "day.png";
  private static final int[] SHARES = {10, 50};

  private final VersionedModel model;
  private final VersionStore versions;
  private final VersionRatings ratings;
  private final GenerationQueue queue;
  private final UsageStore usage;
  private final LastDay lastDay;
  private final Pictures pictures;
  private final Trainer trainer;
  private final String botName;

  /**
   * @param botName how Parley is called here
   */
  OperatorPanel(
      VersionedModel model,
      VersionStore versions,
      VersionRatings ratings,
      GenerationQueue queue,
      UsageStore usage,
      LastDay lastDay,
      Pictures pictures,
      Trainer trainer,
      String botName) {
    this.model = model;
    this.versions = versions;
    this.ratings = ratings;
    this.queue = queue;
    this.usage = usage;
    this.lastDay = lastDay;
    this.pictures = pictures;
    this.trainer = trainer;
    this.botName = botName;
  }

  /** The first page, below what just went wrong. */
  Response all(Asker asker, String whyKey, String name, String detail) {
    Response panel = all(asker);
    return Response.of(
            asker.texts().say(whyKey, named(asker, name), detail) + "\n\n" + panel.text())
        .withButtons(panel.buttons());
  }

  /** The first page. */
  Response all(Asker asker) {
    List<Version> all = versions.all();
    StringBuilder text = new StringBuilder(status(asker));
    for (VersionException failure : model.failures()) {
      text.append('\n')
          .append(
              asker
                  .texts()
                  .say(
                      "operator.refused." + failure.reason().key(),
                      named(asker, failure.name()),
                      Markdown.escape(failure.detail())));
    }
    model
        .loading()
        .ifPresent(
            name ->
                text.append('\n')
                    .append(asker.texts().say("operator.loading", named(asker, name))));
    State training = trainer.state();
    String trainingLine = TrainingText.of(asker.texts(), training);
    if (!trainingLine.isEmpty()) {
      text.append("\n\n").append(trainingLine);
    }
    text.append("\n\n")
        .append(asker.texts().say(all.isEmpty() ? "operator.no-versions" : "operator.versions"));
    Optional<Version> tried = versions.tried();
    all.stream()
        .limit(LISTED)
        .forEach(version -> text.append('\n').append(line(asker.texts(), version, tried)));
    if (tried.isPresent() && versions.promoted().isEmpty()) {
      text.append('\n').append(ownLine(asker, tried.get()));
    }
    return Response.of(text.toString()).withButtons(buttons(asker, all, tried, training));
  }

  /** All about one. */
  Response one(Asker asker, Version version) {
    String parent =
        version
            .parent()
            .flatMap(versions::find)
            .map(Version::name)
            .orElseGet(() -> asker.texts().say("operator.own"));
    String text =
        asker
            .texts()
            .say(
                "operator.version",
                line(asker.texts(), version, versions.tried()),
                version.kind(),
                parent,
                version.dataHash(),
                Markdown.escape(version.settings()),
                Markdown.escape(version.metrics()),
                asker.texts().say("operator.verdict." + version.verdict().key()),
                Markdown.escape(version.figures()));
    List<List<Button>> buttons = new ArrayList<>();
    if (version.verdict() == Verdict.PASSED && version.state() != VersionState.PROMOTED) {
      buttons.add(shares(asker, version));
    }
    buttons.add(List.of(asker.button("button.back", OperatorCommand.NAME)));
    return Response.of(text).withButtons(buttons);
  }

  Response askToPromote(Asker asker, Version version) {
    return version.state() == VersionState.TRIED
        ? sure(
            asker,
            asker.texts().say("operator.promote.sure", named(asker, version.name())),
            "operator.button.promote",
            "really-" + OperatorCommand.PROMOTE,
            version)
        : all(asker, "operator.refused.changed", version.name(), "");
  }

  Response askToRollBack(Asker asker, RollBack now) {
    return sure(
        asker,
        asker
            .texts()
            .say(
                "operator.roll-back.sure",
                named(asker, now.to().map(Version::name).orElse("")),
                named(asker, now.from().name())),
        "operator.button.roll-back",
        "really-" + OperatorCommand.ROLL_BACK,
        now.from());
  }

  private static Response sure(
      Asker asker, String question, String label, String action, Version version) {
    return Response.of(question)
        .withButtons(
            List.of(
                List.of(
                    asker.button(label, OperatorCommand.NAME, action, version.id().value()),
                    asker.button("button.no", OperatorCommand.NAME))));
  }

  private String status(Asker asker) {
    ModelInfo info = model.info();
    return asker
        .texts()
        .say(
            "operator.status",
            botName,
            info.name(),
            info.version(),
            queue.running(),
            queue.waiting(),
            usage.answersToday());
  }

  private String line(Texts texts, Version version, Optional<Version> tried) {
    List<String> parts = new ArrayList<>();
    parts.add("`" + version.name() + "`");
    parts.add(texts.say("operator.state." + version.state().key(), version.share()));
    if (version.state() == VersionState.TRAINED) {
      parts.add(texts.say("operator.verdict." + version.verdict().key()));
    }
    since(version, tried)
        .map(since -> ratings.since(since, version.name()))
        .ifPresent(votes -> parts.add(votes(texts, votes)));
    if (version.state() == VersionState.TRIED) {
      parts.add(comparison(texts, version));
    }
    return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(" · "));
  }

  /** The promoted one is counted for as long as the one that is tried beside it. */
  private static Optional<Instant> since(Version version, Optional<Version> tried) {
    return version.state() == VersionState.PROMOTED && tried.isPresent()
        ? tried.get().triedAt()
        : version.triedAt();
  }

  private String ownLine(Asker asker, Version tried) {
    return asker.texts().say("operator.own")
        + " · "
        + votes(asker.texts(), ratings.since(tried.triedAt().orElseThrow(), usualVersion()));
  }

  private String comparison(Texts texts, Version tried) {
    Instant since = tried.triedAt().orElseThrow();
    VoteComparison comparison =
        VoteComparison.of(ratings.since(since, tried.name()), ratings.since(since, usualVersion()));
    return texts.say("operator.compared." + comparison.outcome().key(), comparison.more());
  }

  /** As answers record the one that most conversations get. */
  private String usualVersion() {
    return model.info().version();
  }

  private static String votes(Texts texts, Votes votes) {
    return votes.all() == 0
        ? texts.say("operator.no-votes")
        : texts.say(
            "operator.votes", votes.good(), votes.bad(), votes.share(), votes.low(), votes.high());
  }

  private List<List<Button>> buttons(
      Asker asker, List<Version> all, Optional<Version> tried, State training) {
    List<List<Button>> rows = new ArrayList<>();
    List<Button> names =
        all.stream()
            .limit(LISTED)
            .map(
                version ->
                    new Button(
                        Asker.id(OperatorCommand.NAME, OperatorCommand.SHOW, version.id().value()),
                        version.name()))
            .toList();
    for (int i = 0; i < names.size(); i += IN_A_ROW) {
      rows.add(names.subList(i, Math.min(names.size(), i + IN_A_ROW)));
    }
    tried.ifPresent(
        version -> {
          rows.add(shares(asker, version));
          rows.add(
              List.of(
                  button(asker, "operator.button.stop", OperatorCommand.STOP, version),
                  button(asker, "operator.button.promote", OperatorCommand.PROMOTE, version)));
        });
    rows.add(training(asker, training));
    List<Button> last = new ArrayList<>();
    versions
        .promoted()
        .ifPresent(
            version ->
                last.add(
                    button(
                        asker, "operator.button.roll-back", OperatorCommand.ROLL_BACK, version)));
    last.add(asker.button("operator.button.day", OperatorCommand.NAME, OperatorCommand.DAY));
    last.add(asker.button("operator.button.more", OperatorCommand.NAME, OperatorCommand.MORE));
    last.add(asker.button("operator.button.refresh", OperatorCommand.NAME));
    rows.add(last);
    return rows;
  }

  /** What can be done about training where it stands. */
  private List<Button> training(Asker asker, State state) {
    List<Button> buttons = new ArrayList<>();
    switch (state) {
      case State.Planning _ ->
          buttons.add(training(asker, "operator.button.halt", OperatorCommand.HALT));
      case State.Planned _ -> {
        buttons.add(training(asker, "operator.button.begin", OperatorCommand.BEGIN));
        buttons.add(training(asker, "button.no", OperatorCommand.HALT));
      }
      case State.Running _ ->
          buttons.add(training(asker, "operator.button.halt", OperatorCommand.HALT));
      case State.Stopped _ -> {
        buttons.add(training(asker, "operator.button.go-on", OperatorCommand.BEGIN));
        buttons.add(training(asker, "button.no", OperatorCommand.HALT));
      }
      case State.Idle _, State.Ended _, State.NothingToLearn _, State.Failed _ ->
          buttons.add(training(asker, "operator.button.train", OperatorCommand.TRAIN));
    }
    if (trainer.picture().isPresent()) {
      buttons.add(training(asker, "operator.button.picture", OperatorCommand.PICTURE));
    }
    return buttons;
  }

  private static Button training(Asker asker, String label, String action) {
    return asker.button(label, OperatorCommand.NAME, action);
  }

  /** How the last day went, in words and by hour. */
  Response day(Asker asker) {
    List<Hour> hours = lastDay.hours();
    Response words =
        asker.say(
            "operator.day",
            hours.stream().mapToInt(Hour::answered).sum(),
            hours.stream().mapToInt(Hour::failed).sum(),
            hours.stream().mapToInt(Hour::mostWaiting).max().orElse(0));
    return pictures
        .lastDay(hours, asker.texts())
        .map(png -> words.withFile(new OutgoingFile(DAY_PICTURE, png)))
        .orElse(words);
  }

  /** What else can be done. */
  Response more(Asker asker, Collection<String> tools) {
    List<List<Button>> rows =
        tools.stream()
            .map(tool -> asker.button("operator.button." + tool, OperatorCommand.NAME, tool))
            .gather(Gatherers.windowFixed(TOOLS_IN_A_ROW))
            .collect(Collectors.toCollection(ArrayList::new));
    rows.add(List.of(asker.button("button.back", OperatorCommand.NAME)));
    return asker.say("operator.more").withButtons(rows);
  }

  /** How the last training went so far. */
  Response picture(Asker asker) {
    State state = trainer.state();
    return trainer
        .picture()
        .map(
            png ->
                Response.of(TrainingText.of(asker.texts(), state))
                    .withFile(new OutgoingFile(PICTURE, png)))
        .orElseGet(() -> all(asker));
  }

  /** The shares a version can get, but the one it has. */
  private static List<Button> shares(Asker asker, Version version) {
    List<Button> buttons = new ArrayList<>();
    for (int share : SHARES) {
      if (version.state() != VersionState.TRIED || version.share() != share) {
        buttons.add(
            new Button(
                Asker.id(OperatorCommand.NAME, OperatorCommand.TRY, version.id().value(), share),
                asker.texts().say("operator.button.try", share)));
      }
    }
    return buttons;
  }

  private static Button button(Asker asker, String label, String action, Version version) {
    return asker.button(label, OperatorCommand.NAME, action, version.id().value());
  }

  private static String named(Asker asker, String name) {
    return name.isEmpty() ? asker.texts().say("operator.own") : "`" + name + "`";
  }
}
