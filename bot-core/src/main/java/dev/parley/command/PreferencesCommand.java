package dev.parley.command;

import dev.parley.command.CommandDefinition.Option;
import dev.parley.platform.Response;
import dev.parley.settings.Resolved;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
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

  private final Settings settings;
  private final List<String> personas;

  /**
   * @param personas ids of the personas that can be chosen
   */
  PreferencesCommand(Settings settings, List<String> personas) {
    this.settings = settings;
    this.personas = List.copyOf(personas);
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
    Optional<Setting<?>> setting =
        personal().stream().filter(s -> s.key().equals(options.get(SETTING))).findFirst();
    String value = options.getOrDefault(VALUE, "").strip();
    if (setting.isEmpty()) {
      return value.isEmpty() && !options.containsKey(SETTING)
          ? panel(asker)
          : asker.say("preferences.unknown", keys());
    }
    return value.isEmpty() ? panel(asker) : set(asker, setting.get(), value);
  }

  private <T> Response set(Asker asker, Setting<T> setting, String value) {
    if (value.equals(DEFAULT)) {
      settings.clear(asker.person().id(), setting);
      return panel(asker);
    }
    if (setting.equals(Setting.PERSONA) && !personas.contains(value)) {
      return asker.say("preferences.wrong", setting.key(), String.join(", ", personas));
    }
    try {
      settings.set(asker.person().id(), setting, setting.parse(value));
    } catch (IllegalArgumentException wrong) {
      return asker.say("preferences.wrong", setting.key(), String.valueOf(wrong.getMessage()));
    }
    return panel(asker);
  }

  private Response panel(Asker asker) {
    String lines =
        personal().stream().map(setting -> line(asker, setting)).collect(Collectors.joining("\n"));
    return Response.of(
        asker.texts().say("preferences.heading")
            + "\n"
            + lines
            + "\n"
            + asker.texts().say("preferences.how", keys()));
  }

  private <T> String line(Asker asker, Setting<T> setting) {
    Resolved<T> resolved = settings.resolve(setting, asker.person().id(), asker.place().id());
    return asker
        .texts()
        .say(
            "preferences.line",
            asker.texts().say("setting." + setting.key()),
            setting.format(resolved.value()),
            asker.texts().say(originKey(resolved.level())));
  }

  private static String originKey(Resolved.Level level) {
    return switch (level) {
      case Resolved.Level.ByPerson() -> "origin.person";
      case Resolved.Level.InPlace(var place) -> "origin.place";
      case Resolved.Level.ByOperator() -> "origin.operator";
      case Resolved.Level.BuiltIn() -> "origin.default";
    };
  }

  private static List<Setting<?>> personal() {
    return Setting.ALL.stream().<Setting<?>>map(s -> s).filter(Setting::personal).toList();
  }

  private static String keys() {
    return personal().stream().map(Setting::key).collect(Collectors.joining(", "));
  }
}
