package dev.parley.command;

import dev.parley.format.Markdown;
import dev.parley.language.Texts;
import dev.parley.person.Places;
import dev.parley.platform.Button;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.CommandDefinition.Option;
import dev.parley.platform.Completion;
import dev.parley.platform.Place;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Platform;
import dev.parley.platform.Response;
import dev.parley.settings.AnswerMode;
import dev.parley.settings.Resolved;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import dev.parley.settings.ThreadMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code /settings}: what holds in a place, and why, for those who manage it to change. Where a
 * place lies in another one, either of the two is edited.
 */
final class SettingsCommand implements Command {
  private static final String NAME = "settings";
  private static final String SETTING = "setting";
  private static final String VALUE = "value";
  private static final String RESET = "reset";
  private static final String REALLY_RESET = "really-reset";
  private static final String HERE = "here";
  private static final String AROUND = "around";

  private static final String WHOLE = "whole";

  /** The beginning of the ids of the buttons that change what the outermost place set. */
  static final String WHOLE_PANEL = NAME + ":" + WHOLE;

  private final Settings settings;
  private final SettingsPanel panel;
  private final Places places;
  private final Map<String, Platform> platforms;
  private final String botName;

  /**
   * @param platforms by name
   * @param botName how Parley is called here
   */
  SettingsCommand(
      Settings settings,
      SettingsPanel panel,
      Places places,
      Map<String, Platform> platforms,
      String botName) {
    this.settings = settings;
    this.panel = panel;
    this.places = places;
    this.platforms = Map.copyOf(platforms);
    this.botName = botName;
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.forAdmins(
        NAME,
        Option.optional(
            SETTING,
            Stream.concat(Setting.ALL.stream().map(Setting::key), Stream.of(RESET))
                .toArray(String[]::new)),
        Option.optional(VALUE));
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    if (!asker.manages()) {
      return onlyForAdmins(asker);
    }
    String key = options.getOrDefault(SETTING, "").strip();
    String value = options.getOrDefault(VALUE, "").strip();
    return key.equals(RESET)
        ? askBeforeReset(asker, here(asker))
        : panel.type(asker, here(asker), key, value);
  }

  @Override
  public Stream<Completion> complete(Asker asker, Map<String, String> options, String option) {
    return asker.manages() && option.equals(VALUE)
        ? panel.complete(asker, here(asker), options.getOrDefault(SETTING, ""))
        : Stream.empty();
  }

  @Override
  public Response press(Asker asker, List<String> words) {
    if (!asker.manages()) {
      return onlyForAdmins(asker);
    }
    return edited(asker, Words.get(words, 0))
        .map(
            edited ->
                switch (Words.get(words, 1)) {
                  case RESET -> askBeforeReset(asker, edited);
                  case REALLY_RESET -> {
                    settings.reset(edited.place);
                    yield panel.show(asker, edited);
                  }
                  default -> panel.press(asker, edited, words.subList(1, words.size()));
                })
        .orElseGet(() -> asker.say("button.old"));
  }

  @Override
  public Response submit(Asker asker, List<String> words, Map<String, String> values) {
    if (!asker.manages()) {
      return onlyForAdmins(asker);
    }
    return edited(asker, Words.get(words, 0))
        .map(edited -> panel.submit(asker, edited, words.subList(1, words.size()), values))
        .orElseGet(() -> asker.say("button.old"));
  }

  /** In a private chat nobody needs to manage anything. */
  private Response onlyForAdmins(Asker asker) {
    return asker.place().kind() == Place.Kind.PRIVATE
        ? asker.say("settings.private")
        : Response.of(
            asker.texts().say("settings.only-admins") + "\n\n" + panel.text(asker, here(asker)));
  }

  private static Response askBeforeReset(Asker asker, OfPlace edited) {
    return asker
        .say("settings.reset.sure", edited.name(asker.texts()))
        .withButtons(
            List.of(
                List.of(
                    asker.button("button.reset", edited.id(), REALLY_RESET),
                    asker.button("button.back", edited.id()))));
  }

  private Optional<Platform> platform(Asker asker) {
    return Optional.ofNullable(platforms.get(asker.place().id().platform()));
  }

  private OfPlace here(Asker asker) {
    return new OfPlace(settings, platform(asker), botName, asker, HERE, asker.place().id());
  }

  private Optional<OfPlace> edited(Asker asker, String which) {
    return switch (which) {
      case HERE -> Optional.of(here(asker));
      case AROUND ->
          asker
              .place()
              .parent()
              .map(
                  parent -> new OfPlace(settings, platform(asker), botName, asker, AROUND, parent));
      case WHOLE ->
          Optional.of(
              new OfPlace(
                  settings,
                  platform(asker),
                  botName,
                  asker,
                  WHOLE,
                  places.withParents(asker.place().id()).getLast()));
      default -> Optional.empty();
    };
  }

  /**
   * What a place set, and what applies in it.
   *
   * @param platform that the place is on
   * @param which {@link #HERE}, {@link #AROUND} or {@link #WHOLE}, as in buttons
   * @param place which of them that is
   */
  private record OfPlace(
      Settings all,
      Optional<Platform> platform,
      String botName,
      Asker asker,
      String which,
      PlaceId place)
      implements SettingsPanel.Subject {
    @Override
    public String id() {
      return Asker.id(NAME, which);
    }

    String name(Texts texts) {
      if (which.equals(WHOLE)) {
        return texts.say("origin.around");
      }
      if (which.equals(AROUND)) {
        return texts.say(
            asker.place().kind() == Place.Kind.THREAD ? "origin.around.thread" : "origin.around");
      }
      if (asker.place().kind() == Place.Kind.THREAD) {
        return texts.say("origin.topic");
      }
      return asker.place().name().isBlank()
          ? texts.say("origin.group")
          : Markdown.name(asker.place().name());
    }

    @Override
    public String heading(Texts texts) {
      return texts.say("settings.heading", botName, name(texts)) + unseen(texts);
    }

    /** Whoever wants everything answered reads why only a part of it is. */
    private String unseen(Texts texts) {
      boolean wantsMore =
          resolve(Setting.ANSWER_MODE).value() == AnswerMode.ALL
              || resolve(Setting.THREADS).value() != ThreadMode.OFF;
      return wantsMore && !platform.map(Platform::seesEverything).orElse(true)
          ? "\n" + texts.say("settings.unseen")
          : "";
    }

    /** Those that mean something here. */
    @Override
    public List<Setting<?>> settings() {
      return Setting.ALL.stream()
          .<Setting<?>>map(setting -> setting)
          .filter(setting -> all.worksIn(setting, place))
          .toList();
    }

    @Override
    public <T> Resolved<T> resolve(Setting<T> setting) {
      return all.resolve(setting, place);
    }

    @Override
    public <T> void set(Setting<T> setting, T value) {
      all.set(place, setting, value);
    }

    @Override
    public void clear(Setting<?> setting) {
      all.clear(place, setting);
    }

    @Override
    public List<Button> more(Texts texts) {
      List<Button> more = new ArrayList<>();
      more.add(new Button(Asker.id(id(), RESET), texts.say("button.reset")));
      if (!which.equals(HERE)) {
        more.add(new Button(Asker.id(NAME, HERE), texts.say("button.here")));
      } else if (asker.place().parent().isPresent()) {
        more.add(
            new Button(
                Asker.id(NAME, AROUND),
                texts.say(
                    asker.place().kind() == Place.Kind.THREAD
                        ? "button.around.thread"
                        : "button.around")));
      }
      return more;
    }
  }
}
