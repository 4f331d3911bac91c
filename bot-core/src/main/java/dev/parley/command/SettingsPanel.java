package dev.parley.command;

import dev.parley.language.Texts;
import dev.parley.platform.Button;
import dev.parley.platform.Completion;
import dev.parley.platform.Form;
import dev.parley.platform.Place;
import dev.parley.platform.Response;
import dev.parley.settings.Resolved;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Settings, why each applies, and buttons to change them: a person's own or a place's. Whether
 * somebody may change them, the commands know. Thread-safe.
 */
final class SettingsPanel {
  private static final String DEFAULT = "default";
  private static final String OTHER = "other";
  private static final String VALUE = "value";
  private static final int LONGEST_VALUE = 500;

  /**
   * Have their buttons under {@code /access} and {@code /moderation}: platforms take only so many.
   */
  private static final Set<Setting<?>> ELSEWHERE =
      Set.of(
          Setting.ALLOWED_ROLES,
          Setting.BLOCKED_ROLES,
          Setting.ALLOWED_WORDS,
          Setting.BLOCKED_WORDS);

  /** What a phone shows in a row without cutting the labels. */
  private static final int ROW = 3;

  private final Settings settings;
  private final SettingValues values;

  SettingsPanel(Settings settings, SettingValues values) {
    this.settings = settings;
    this.values = values;
  }

  /** Whose settings are shown and changed. */
  interface Subject {
    /** The beginning of its buttons' ids. */
    String id();

    String heading(Texts texts);

    List<Setting<?>> settings();

    <T> Resolved<T> resolve(Setting<T> setting);

    <T> void set(Setting<T> setting, T value);

    void clear(Setting<?> setting);

    /** Buttons after those of the settings. */
    default List<Button> more(Texts texts) {
      return List.of();
    }
  }

  /** What was typed: nothing shows all, a key alone what can be chosen for it. */
  Response type(Asker asker, Subject subject, String key, String value) {
    if (key.isEmpty() && value.isEmpty()) {
      return show(asker, subject);
    }
    return find(subject, key)
        .map(
            setting ->
                value.isEmpty()
                    ? choices(asker, subject, setting)
                    : set(asker, subject, setting, value))
        .orElseGet(() -> asker.say("preferences.unknown", keys(subject)));
  }

  /** What can be chosen for the setting that was typed. */
  Stream<Completion> complete(Asker asker, Subject subject, String key) {
    return find(subject, key).stream()
        .flatMap(
            setting ->
                Stream.concat(values.of(setting).stream(), Stream.of(DEFAULT))
                    .map(
                        value ->
                            new Completion(
                                value,
                                value.equals(DEFAULT)
                                    ? asker.texts().say("button.default")
                                    : values.label(asker.texts(), setting, value))));
  }

  /**
   * A button.
   *
   * @param words what follows {@link Subject#id()}
   */
  Response press(Asker asker, Subject subject, List<String> words) {
    if (words.isEmpty()) {
      return show(asker, subject);
    }
    return find(subject, words.getFirst())
        .map(
            setting ->
                switch (words.size()) {
                  case 1 -> choices(asker, subject, setting);
                  default ->
                      values.isFree(setting) && words.get(1).equals(OTHER)
                          ? Response.nothing().withForm(filled(asker, subject, setting))
                          : set(asker, subject, setting, words.get(1));
                })
        .orElseGet(() -> asker.say("button.old"));
  }

  /** A form with a value. */
  Response submit(Asker asker, Subject subject, List<String> words, Map<String, String> typed) {
    return find(subject, Words.get(words, 0))
        .filter(values::isFree)
        .map(setting -> set(asker, subject, setting, typed.getOrDefault(VALUE, "")))
        .orElseGet(() -> asker.say("button.old"));
  }

  /** Every value and why it applies, each with a button to change it. */
  Response show(Asker asker, Subject subject) {
    Texts texts = texts(asker);
    List<Button> buttons = new ArrayList<>();
    for (Setting<?> setting : subject.settings()) {
      if (!ELSEWHERE.contains(setting)) {
        buttons.add(new Button(Asker.id(subject.id(), setting.key()), name(texts, setting)));
      }
    }
    buttons.addAll(subject.more(texts));
    return Response.of(
            text(asker, subject) + "\n" + texts.say("preferences.how", texts.say("button.default")))
        .withButtons(rows(buttons));
  }

  /** Every value and why it applies. */
  String text(Asker asker, Subject subject) {
    Texts texts = texts(asker);
    return subject.settings().stream()
        .map(setting -> line(asker, texts, subject, setting))
        .collect(Collectors.joining("\n", subject.heading(texts) + "\n", ""));
  }

  private <T> Response set(Asker asker, Subject subject, Setting<T> setting, String typed) {
    String value = typed.strip();
    if (value.equals(DEFAULT)) {
      subject.clear(setting);
      return show(asker, subject);
    }
    Optional<T> parsed = parse(setting, value);
    if (parsed.isEmpty()) {
      Response wrong =
          asker.say(
              "preferences.wrong",
              name(asker.texts(), setting),
              values.allowed(asker.texts(), setting));
      return values.isFree(setting) ? wrong.withForm(form(asker, subject, setting, value)) : wrong;
    }
    subject.set(setting, parsed.get());
    return show(asker, subject);
  }

  private <T> Optional<T> parse(Setting<T> setting, String value) {
    try {
      return values.allows(setting, value) ? Optional.of(setting.parse(value)) : Optional.empty();
    } catch (IllegalArgumentException wrong) {
      return Optional.empty(); // it speaks to the operator, in English
    }
  }

  /** One value and what could be chosen instead. */
  private Response choices(Asker asker, Subject subject, Setting<?> setting) {
    List<Button> buttons = new ArrayList<>();
    for (String value : values.of(setting)) {
      buttons.add(
          new Button(
              Asker.id(subject.id(), setting.key(), value),
              values.label(asker.texts(), setting, value)));
    }
    if (values.isFree(setting)) {
      buttons.add(asker.button(values.typeKey(setting), subject.id(), setting.key(), OTHER));
    }
    buttons.add(asker.button("button.default", subject.id(), setting.key(), DEFAULT));
    buttons.add(asker.button("button.back", subject.id()));
    return Response.of(line(asker, asker.texts(), subject, setting)).withButtons(rows(buttons));
  }

  /** The operator's list may be longer than a form takes: a part of it would pass for all. */
  private <T> Form filled(Asker asker, Subject subject, Setting<T> setting) {
    String now = values.beginning(setting, setting.format(subject.resolve(setting).value()));
    return form(asker, subject, setting, now.length() > LONGEST_VALUE ? "" : now);
  }

  private Form form(Asker asker, Subject subject, Setting<?> setting, String value) {
    Texts texts = asker.texts();
    return new Form(
        Asker.id(subject.id(), setting.key()),
        name(texts, setting),
        List.of(
            new Form.Field(
                VALUE,
                texts.say(
                    "preferences.wrong", name(texts, setting), values.allowed(texts, setting)),
                value,
                LONGEST_VALUE)));
  }

  private <T> String line(Asker asker, Texts texts, Subject subject, Setting<T> setting) {
    Resolved<T> resolved = subject.resolve(setting);
    return texts.say(
        "preferences.line",
        name(texts, setting),
        values.label(texts, setting, setting.format(resolved.value())),
        texts.say(originKey(asker.place(), resolved.level())));
  }

  /** In the language that applies now, which may have been chosen just now. */
  private Texts texts(Asker asker) {
    return Texts.of(
            settings
                .resolve(Setting.LANGUAGE, asker.person().id(), asker.place().id())
                .value()
                .orElse(asker.person().locale()))
        .on(asker.place().id().platform());
  }

  private static String name(Texts texts, Setting<?> setting) {
    return texts.say("setting." + setting.key());
  }

  private static String originKey(Place here, Resolved.Level level) {
    return switch (level) {
      case Resolved.Level.ByPerson() -> "origin.person";
      case Resolved.Level.InPlace(var place) when !place.equals(here.id()) ->
          here.kind() == Place.Kind.THREAD ? "origin.around.thread" : "origin.around";
      case Resolved.Level.InPlace(var _) ->
          here.kind() == Place.Kind.THREAD ? "origin.topic" : "origin.group";
      case Resolved.Level.ByOperator() -> "origin.operator";
      case Resolved.Level.BuiltIn() -> "origin.default";
    };
  }

  private static List<List<Button>> rows(List<Button> buttons) {
    List<List<Button>> rows = new ArrayList<>();
    for (int i = 0; i < buttons.size(); i += ROW) {
      rows.add(buttons.subList(i, Math.min(i + ROW, buttons.size())));
    }
    return rows;
  }

  private static Optional<Setting<?>> find(Subject subject, String key) {
    return subject.settings().stream().filter(setting -> setting.key().equals(key)).findFirst();
  }

  private static String keys(Subject subject) {
    return subject.settings().stream().map(Setting::key).collect(Collectors.joining(", "));
  }
}
