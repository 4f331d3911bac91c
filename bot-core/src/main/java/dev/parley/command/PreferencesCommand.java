package dev.parley.command;

import dev.parley.language.Texts;
import dev.parley.platform.Button;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.CommandDefinition.Option;
import dev.parley.platform.Response;
import dev.parley.settings.Resolved;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code /preferences}: what a person chooses for themselves, and why each value applies. */
final class PreferencesCommand implements Command {
  private static final String NAME = "preferences";
  private static final String SETTING = "setting";
  private static final String VALUE = "value";
  private static final String DEFAULT = "default";

  /** Discord shows five buttons in a row, a phone hardly more. */
  private static final int ROW = 4;

  private final Settings settings;
  private final PreferenceValues values;

  PreferencesCommand(Settings settings, PreferenceValues values) {
    this.settings = settings;
    this.values = values;
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.of(
        NAME,
        Option.optional(SETTING, personal().stream().map(Setting::key).toArray(String[]::new)),
        Option.optional(VALUE));
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    String key = options.getOrDefault(SETTING, "").strip();
    String value = options.getOrDefault(VALUE, "").strip();
    if (key.isEmpty()) {
      return panel(asker);
    }
    return find(key)
        .map(setting -> value.isEmpty() ? choices(asker, setting) : set(asker, setting, value))
        .orElseGet(() -> asker.say("preferences.unknown", keys()));
  }

  @Override
  public Response press(Asker asker, List<String> words) {
    if (words.isEmpty()) {
      return panel(asker);
    }
    return find(words.getFirst())
        .map(
            setting ->
                words.size() == 1 ? choices(asker, setting) : set(asker, setting, words.get(1)))
        .orElseGet(() -> asker.say("button.old"));
  }

  private <T> Response set(Asker asker, Setting<T> setting, String value) {
    if (value.equals(DEFAULT)) {
      settings.clear(asker.person().id(), setting);
      return panel(asker);
    }
    if (setting.equals(Setting.PERSONA) && !values.of(setting).contains(value)) {
      return asker.say(
          "preferences.wrong", setting.key(), String.join(", ", values.of(Setting.PERSONA)));
    }
    try {
      settings.set(asker.person().id(), setting, setting.parse(value));
    } catch (IllegalArgumentException wrong) {
      return asker.say("preferences.wrong", setting.key(), String.valueOf(wrong.getMessage()));
    }
    return panel(asker);
  }

  /** Every value and why it applies, each with a button to change it. */
  private Response panel(Asker asker) {
    Texts texts = texts(asker);
    String lines =
        personal().stream()
            .map(setting -> line(asker, texts, setting))
            .collect(Collectors.joining("\n"));
    List<Button> buttons =
        personal().stream()
            .map(setting -> new Button(Asker.id(NAME, setting.key()), name(texts, setting)))
            .toList();
    return Response.of(
            texts.say("preferences.heading")
                + "\n"
                + lines
                + "\n"
                + texts.say("preferences.how", texts.say("button.default")))
        .withButtons(rows(buttons));
  }

  /** One value and what could be chosen instead. */
  private Response choices(Asker asker, Setting<?> setting) {
    List<Button> buttons = new ArrayList<>();
    for (String value : values.of(setting)) {
      buttons.add(
          new Button(
              Asker.id(NAME, setting.key(), value), values.label(asker.texts(), setting, value)));
    }
    buttons.add(asker.button("button.default", NAME, setting.key(), DEFAULT));
    buttons.add(asker.button("button.back", NAME));
    return Response.of(line(asker, asker.texts(), setting)).withButtons(rows(buttons));
  }

  private <T> String line(Asker asker, Texts texts, Setting<T> setting) {
    Resolved<T> resolved = settings.resolve(setting, asker.person().id(), asker.place().id());
    return texts.say(
        "preferences.line",
        name(texts, setting),
        values.label(texts, setting, setting.format(resolved.value())),
        texts.say(originKey(resolved.level())));
  }

  /** In the language that applies now, which may have been chosen just now. */
  private Texts texts(Asker asker) {
    return Texts.of(
        settings
            .resolve(Setting.LANGUAGE, asker.person().id(), asker.place().id())
            .value()
            .orElse(asker.person().locale()));
  }

  private static String name(Texts texts, Setting<?> setting) {
    return texts.say("setting." + setting.key());
  }

  private static String originKey(Resolved.Level level) {
    return switch (level) {
      case Resolved.Level.ByPerson() -> "origin.person";
      case Resolved.Level.InPlace(var place) -> "origin.place";
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

  private static Optional<Setting<?>> find(String key) {
    return personal().stream().filter(setting -> setting.key().equals(key)).findFirst();
  }

  private static List<Setting<?>> personal() {
    return Setting.ALL.stream().<Setting<?>>map(s -> s).filter(Setting::personal).toList();
  }

  private static String keys() {
    return personal().stream().map(Setting::key).collect(Collectors.joining(", "));
  }
}
