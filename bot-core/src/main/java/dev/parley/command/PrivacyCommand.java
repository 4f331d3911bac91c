package dev.parley.command;

import dev.parley.chat.Answering;
import dev.parley.chat.Profile;
import dev.parley.learning.ConsentStore;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelException;
import dev.parley.platform.Button;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.PersonId;
import dev.parley.platform.Place;
import dev.parley.platform.Platform;
import dev.parley.platform.Response;
import dev.parley.privacy.Erasure;
import dev.parley.privacy.Kept;
import dev.parley.privacy.KeptStore;
import dev.parley.privacy.PersonExport;
import dev.parley.privacy.PlaceExport;
import dev.parley.privacy.Retention;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /privacy}: what is kept of a person and for how long, all of it as a file, its end, and
 * whether the model may learn from them.
 */
final class PrivacyCommand implements Command {
  private static final Logger log = LoggerFactory.getLogger(PrivacyCommand.class);
  static final String NAME = "privacy";

  private final KeptStore kept;
  private final PersonExport export;
  private final PlaceExport placeExport;
  private final Erasure erasure;
  private final ConsentStore consents;
  private final Settings settings;
  private final Answering answering;
  private final LanguageModel model;
  private final Map<String, Platform> platforms;
  private final Profile profile;
  private final InstantSource clock;
  private final ReentrantLock exporting = new ReentrantLock();

  PrivacyCommand(
      KeptStore kept,
      PersonExport export,
      PlaceExport placeExport,
      Erasure erasure,
      ConsentStore consents,
      Settings settings,
      Answering answering,
      LanguageModel model,
      Map<String, Platform> platforms,
      Profile profile,
      InstantSource clock) {
    this.kept = kept;
    this.export = export;
    this.placeExport = placeExport;
    this.erasure = erasure;
    this.consents = consents;
    this.settings = settings;
    this.answering = answering;
    this.model = model;
    this.platforms = platforms;
    this.profile = profile;
    this.clock = clock;
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.of(NAME);
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    return panel(asker);
  }

  @Override
  public Response press(Asker asker, List<String> words) {
    PersonId person = asker.person().id();
    return switch (Words.get(words, 0)) {
      case "" -> panel(asker);
      case "on" -> {
        consents.give(person);
        yield panel(asker);
      }
      case "off" -> {
        consents.withdraw(person);
        yield panel(asker);
      }
      case "meaning" ->
          asker
              .say("privacy.meaning")
              .withButtons(
                  List.of(
                      List.of(
                          turn(asker, consents.given(person)), asker.button("button.back", NAME))));
      case "export" -> export(asker);
      case "export-place" -> exportPlace(asker);
      case "delete" -> sure(asker);
      case "really-delete" ->
          Words.get(words, 1).equals(person.id()) ? delete(asker) : asker.say("button.old");
      default -> asker.say("button.old");
    };
  }

  private Response panel(Asker asker) {
    PersonId person = asker.person().id();
    boolean learning = consents.given(person);
    int days = Retention.days(settings, person, asker.place().id());
    List<String> lines = new ArrayList<>();
    lines.add(kept(asker, kept.of(person)));
    lines.add(asker.texts().say("privacy.days", days));
    lines.add(asker.texts().say(learning ? "privacy.learning.on" : "privacy.learning.off"));
    List<List<Button>> buttons = new ArrayList<>();
    buttons.add(List.of(turn(asker, learning), asker.button("button.meaning", NAME, "meaning")));
    buttons.add(
        List.of(
            asker.button("button.export-all", NAME, "export"),
            asker.button("button.delete-all", NAME, "delete"),
            asker.button("button.keep-days", PreferencesCommand.NAME, Setting.KEEP_DAYS.key())));
    if (asker.place().kind() != Place.Kind.PRIVATE) {
      PlaceExport.Counts here = placeExport.counts(asker.place().id());
      lines.add(asker.texts().say("privacy.group", here.messages(), here.shared()));
    }
    if (asker.manages()) {
      buttons.add(List.of(asker.button("button.export-group", NAME, "export-place")));
    }
    return Response.of(String.join("\n", lines)).withButtons(buttons);
  }

  private static Button turn(Asker asker, boolean learning) {
    return learning
        ? asker.button("button.turn-off", NAME, "off")
        : asker.button("button.turn-on", NAME, "on");
  }

  /** Where nobody else sees it. */
  private Response export(Asker asker) {
    boolean alone =
        asker.place().kind() == Place.Kind.PRIVATE
            || settings.worksIn(Setting.QUIET_ANSWERS, asker.place().id());
    return alone
        ? asker
            .say("privacy.exported")
            .withFile(
                asker.file("parley-export.zip", oneAtATime(() -> export.of(asker.person().id()))))
        : asker.say("privacy.export.elsewhere");
  }

  /** A file is in memory until it is handed over. */
  private byte[] oneAtATime(Supplier<byte[]> file) {
    exporting.lock();
    try {
      return file.get();
    } finally {
      exporting.unlock();
    }
  }

  /** What everyone there could read anyway, for those who manage the place. */
  private Response exportPlace(Asker asker) {
    return asker.manages()
        ? asker
            .say("privacy.exported.group")
            .withFile(
                asker.file(
                    "parley-group-export.zip",
                    oneAtATime(() -> placeExport.of(asker.place().id()))))
        : asker.say("button.old");
  }

  private Response sure(Asker asker) {
    Kept now = kept.of(asker.person().id());
    return asker
        .say("privacy.delete.sure", now.messages(), now.instructions(), now.ratings())
        .withButtons(
            List.of(
                List.of(
                    asker.button(
                        "button.delete-all", NAME, "really-delete", asker.person().id().id()),
                    asker.button("button.no", NAME))));
  }

  /**
   * The model's and the platform's memory first: where that fails, everything is still there to be
   * deleted again.
   */
  private Response delete(Asker asker) {
    PersonId person = asker.person().id();
    Kept deleted;
    try {
      answering.stopAnswersFor(person);
      model.forget();
      Optional.ofNullable(platforms.get(person.platform()))
          .ifPresent(platform -> platform.forget(person));
      deleted = erasure.of(person);
      model.forget(); // what read the texts meanwhile, such as a title
    } catch (ModelException | CompletionException | UncheckedIOException e) {
      log.warn("Somebody's data could not be deleted: {}", e.getMessage());
      return asker.say("privacy.delete.failed");
    }
    String backups =
        profile
            .backupsKept()
            .map(clock.instant()::plus)
            .map(end -> asker.texts().say("privacy.backups.until", end.atZone(profile.zone())))
            .orElseGet(() -> asker.texts().say("privacy.backups.unknown"));
    return asker.say(
        "privacy.deleted", deleted.messages(), deleted.instructions(), deleted.ratings(), backups);
  }

  private String kept(Asker asker, Kept now) {
    return asker
        .texts()
        .say(
            "privacy.kept",
            now.messages(),
            now.conversations(),
            now.instructions(),
            now.ratings(),
            now.since().atZone(profile.zone()));
  }
}
