package dev.parley.command;

import dev.parley.language.Texts;
import dev.parley.platform.CommandDefinition;
import dev.parley.platform.CommandDefinition.Option;
import dev.parley.platform.Completion;
import dev.parley.platform.PersonId;
import dev.parley.platform.PlaceId;
import dev.parley.platform.Response;
import dev.parley.settings.Resolved;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code /preferences}: what a person chooses for themselves, and why each value applies. */
final class PreferencesCommand implements Command {
  static final String NAME = "preferences";
  private static final String SETTING = "setting";
  private static final String VALUE = "value";
  private static final List<Setting<?>> PERSONAL =
      Setting.ALL.stream().<Setting<?>>map(s -> s).filter(Setting::personal).toList();

  private final Settings settings;
  private final SettingsPanel panel;

  PreferencesCommand(Settings settings, SettingsPanel panel) {
    this.settings = settings;
    this.panel = panel;
  }

  @Override
  public CommandDefinition definition() {
    return CommandDefinition.of(
        NAME,
        Option.optional(SETTING, PERSONAL.stream().map(Setting::key).toArray(String[]::new)),
        Option.optional(VALUE));
  }

  @Override
  public Response run(Asker asker, Map<String, String> options) {
    return panel.type(
        asker,
        own(asker),
        options.getOrDefault(SETTING, "").strip(),
        options.getOrDefault(VALUE, "").strip());
  }

  @Override
  public Stream<Completion> complete(Asker asker, Map<String, String> options, String option) {
    return option.equals(VALUE)
        ? panel.complete(asker, own(asker), options.getOrDefault(SETTING, ""))
        : Stream.empty();
  }

  @Override
  public Response press(Asker asker, List<String> words) {
    return panel.press(asker, own(asker), words);
  }

  @Override
  public Response submit(Asker asker, List<String> words, Map<String, String> values) {
    return panel.submit(asker, own(asker), words, values);
  }

  private Own own(Asker asker) {
    return new Own(settings, asker.person().id(), asker.place().id());
  }

  /** What a person set, and what applies to them in a place. */
  private record Own(Settings all, PersonId person, PlaceId place)
      implements SettingsPanel.Subject {
    @Override
    public String id() {
      return NAME;
    }

    @Override
    public String heading(Texts texts) {
      return texts.say("preferences.heading");
    }

    @Override
    public List<Setting<?>> settings() {
      return PERSONAL;
    }

    @Override
    public <T> Resolved<T> resolve(Setting<T> setting) {
      return all.resolve(setting, person, place);
    }

    @Override
    public <T> void set(Setting<T> setting, T value) {
      all.set(person, setting, value);
    }

    @Override
    public void clear(Setting<?> setting) {
      all.clear(person, setting);
    }
  }
}
