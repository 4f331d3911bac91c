package dev.parley.settings;

import static dev.parley.storage.Stores.ADA;
import static dev.parley.storage.Stores.BOB;
import static dev.parley.storage.Stores.GROUP;
import static dev.parley.storage.Stores.PRIVATE;
import static dev.parley.storage.Stores.SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.platform.Feature;
import dev.parley.settings.Resolved.Level;
import dev.parley.storage.Stores;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @TempDir Path folder;

  private Stores stores;
  private Settings settings;

  @BeforeEach
  void open() {
    stores = Stores.open(folder);
    settings = stores.settings;
  }

  @AfterEach
  void close() {
    stores.close();
  }

  @Test
  void whatNobodySetIsBuiltIn() {
    assertThat(settings.resolve(Setting.CREATIVITY, ADA, GROUP))
        .isEqualTo(new Resolved<>(Creativity.BALANCED, new Level.BuiltIn()));
  }

  @Test
  void theNearestLevelDecidesAndSaysSo() {
    assertThat(settings.resolve(Setting.PERSONA, ADA, GROUP))
        .isEqualTo(new Resolved<>("coder", new Level.ByOperator()));

    settings.set(SERVER, Setting.PERSONA, "tutor");
    assertThat(settings.resolve(Setting.PERSONA, ADA, GROUP))
        .isEqualTo(new Resolved<>("tutor", new Level.InPlace(SERVER)));

    settings.set(GROUP, Setting.PERSONA, "translator");
    assertThat(settings.resolve(Setting.PERSONA, ADA, GROUP))
        .isEqualTo(new Resolved<>("translator", new Level.InPlace(GROUP)));

    settings.set(ADA, Setting.PERSONA, "storyteller");
    assertThat(settings.resolve(Setting.PERSONA, ADA, GROUP))
        .isEqualTo(new Resolved<>("storyteller", new Level.ByPerson()));
    assertThat(settings.resolve(Setting.PERSONA, BOB, GROUP).value()).isEqualTo("translator");
    assertThat(settings.resolve(Setting.PERSONA, GROUP).value()).isEqualTo("translator");
  }

  @Test
  void aClearedSettingFallsBack() {
    settings.set(GROUP, Setting.STREAMING, false);
    settings.set(ADA, Setting.STREAMING, true);
    settings.clear(ADA, Setting.STREAMING);

    assertThat(settings.resolve(Setting.STREAMING, ADA, GROUP).value()).isFalse();
  }

  @Test
  void aResetPlaceHasNoSettingsOfItsOwn() {
    settings.set(GROUP, Setting.ANSWER_MODE, AnswerMode.ALL);
    settings.set(GROUP, Setting.MESSAGES_PER_DAY, 50);
    settings.reset(GROUP);

    assertThat(settings.resolve(Setting.ANSWER_MODE, GROUP).value())
        .isEqualTo(AnswerMode.MENTIONED);
    assertThat(settings.resolve(Setting.MESSAGES_PER_DAY, GROUP).value()).isZero();
  }

  @Test
  void aPersonAndAPlaceWithTheSameNumberAreApart() {
    assertThat(ADA.id()).isEqualTo(PRIVATE.id());
    settings.set(ADA, Setting.STREAMING, false);

    assertThat(settings.resolve(Setting.STREAMING, PRIVATE).value()).isTrue();
  }

  @Test
  void peopleCannotSetWhatIsForAdmins() {
    assertThatThrownBy(() -> settings.set(ADA, Setting.MESSAGES_PER_DAY, 999))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void settingsSurviveARestart() {
    settings.set(ADA, Setting.LANGUAGE, Optional.of(Locale.TAIWAN));
    stores.close();
    stores = Stores.open(folder);

    assertThat(stores.settings.resolve(Setting.LANGUAGE, ADA, PRIVATE).value())
        .contains(Locale.TAIWAN);
  }

  @Test
  void aStoredValueThatIsNoLongerAllowedIsPassedOver() {
    settings.set(GROUP, Setting.CREATIVITY, Creativity.PRECISE);
    stores.database.update(handle -> handle.execute("UPDATE setting SET value = 'wild'"));
    stores.close();
    stores = Stores.open(folder);

    assertThat(stores.settings.resolve(Setting.CREATIVITY, GROUP).level())
        .isEqualTo(new Level.BuiltIn());
  }

  @Test
  void aMistakeInTheConfigurationIsNamed() {
    assertThatThrownBy(
            () ->
                new Settings(
                    stores.database,
                    stores.places,
                    name -> EnumSet.allOf(Feature.class),
                    Map.of("persna", "x")))
        .hasMessageContaining("persna")
        .hasMessageContaining("persona");
    assertThatThrownBy(
            () ->
                new Settings(
                    stores.database,
                    stores.places,
                    name -> EnumSet.allOf(Feature.class),
                    Map.of("creativity", "wild")))
        .hasMessageContaining("precise, balanced, creative");
  }

  @Test
  void everyBuiltInValueCanBeWrittenAndRead() {
    Setting.ALL.forEach(SettingsTest::assertRoundTrip);
  }

  private static <T> void assertRoundTrip(Setting<T> setting) {
    assertThat(setting.parse(setting.format(setting.builtIn()))).isEqualTo(setting.builtIn());
  }

  @ParameterizedTest
  @CsvSource({
    "language, not a language",
    "language, ''",
    "creativity, ''",
    "answer-length, longest",
    "persona, ../etc",
    "streaming, maybe",
    "messages-per-day, -1",
    "messages-per-day, 99999999999",
  })
  void badValuesAreRefusedWithWhatIsAllowed(String key, String value) {
    Setting<?> setting =
        Setting.ALL.stream().filter(any -> any.key().equals(key)).findFirst().orElseThrow();

    assertThatThrownBy(() -> setting.parse(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no value for " + key);
  }
}
