package dev.parley.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextsTest {
  static List<Locale> languages() {
    return Texts.LANGUAGES;
  }

  private static final Texts ENGLISH = Texts.of(Locale.ENGLISH);

  /** Said from the launcher's module, whose sources the same folder tree holds. */
  private static final List<Path> SOURCES =
      List.of(
          Path.of("src/main/java"),
          Path.of("../app/src/main/java"),
          Path.of("../telegram-adapter/src/main/java"),
          Path.of("../discord-adapter/src/main/java"));

  @ParameterizedTest
  @MethodSource("languages")
  void everyLanguageSaysEverythingAndNothingElse(Locale language) {
    assertThat(Texts.of(language).keys()).isEqualTo(ENGLISH.keys());
  }

  @ParameterizedTest
  @MethodSource("languages")
  void everySentenceTakesTheSameArguments(Locale language) {
    Texts texts = Texts.of(language);
    for (String key : ENGLISH.keys()) {
      assertThat(arguments(texts, key)).as(key).isEqualTo(arguments(ENGLISH, key));
    }
  }

  @Test
  void everySentenceIsSaidSomewhere() throws IOException {
    String sources = sources();
    Set<String> silent = new TreeSet<>();
    for (String name : ENGLISH.keys()) {
      String key = name.replaceFirst("@.*", "");
      String family = key.substring(0, key.lastIndexOf('.') + 1);
      if (!sources.contains('"' + key + '"') && !sources.contains('"' + family + '"')) {
        silent.add(key);
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void localesGetTheLanguageTheirPeopleRead() {
    assertThat(tag("zh-TW")).isEqualTo("zh-Hant-TW");
    assertThat(tag("zh-HK")).isEqualTo("zh-Hant-TW");
    assertThat(tag("zh-Hant")).isEqualTo("zh-Hant-TW");
    assertThat(tag("zh")).isEqualTo("zh-Hans-CN");
    assertThat(tag("zh-SG")).isEqualTo("zh-Hans-CN");
    assertThat(tag("zh-Hans-HK")).isEqualTo("zh-Hans-CN");
    assertThat(tag("fr")).isEqualTo("en");
  }

  @Test
  void numbersBringTheirUnitInTheRightForm() {
    assertThat(ENGLISH.say("queue.waiting", 3, 20)).isEqualTo("You're number 3, about 20 seconds.");
    assertThat(ENGLISH.say("queue.waiting", 1, 1)).isEqualTo("You're number 1, about 1 second.");
    assertThat(ENGLISH.say("form.too-long", 1_612, 1_500))
        .isEqualTo(
            "That's 1,612 characters; I can keep 1,500. Please shorten it and send it again.");
  }

  @Test
  void datesAndTimesAreWrittenAsPeopleWriteThem() {
    Object date = Instant.parse("2026-11-23T08:00:00Z").atZone(ZoneOffset.UTC);

    assertThat(ENGLISH.say("day.date", date)).isEqualTo("Nov 23, 2026");
    assertThat(ENGLISH.say("day.weekday", date)).isEqualTo("Monday");
    assertThat(Texts.of(Locale.TAIWAN).say("day.date", date)).isEqualTo("2026年11月23日");
    assertThat(Texts.of(Locale.TAIWAN).say("day.weekday", date)).isEqualTo("星期一");
    assertThat(ENGLISH.say("history.line", 1, "Tides", "today", 1))
        .isEqualTo("1. Tides · today · 1 message");
    assertThat(Texts.of(Locale.TAIWAN).say("history.line", 1, "潮汐", "今天", 6))
        .isEqualTo("1. 潮汐 · 今天 · 6 則訊息");
  }

  @Test
  void whatPeopleWroteIsNoPattern() {
    assertThat(ENGLISH.say("undo.done", "{0} '{1}' {x,plural}"))
        .isEqualTo("Taken back: \"{0} '{1}' {x,plural}\"");
  }

  private static String tag(String locale) {
    return Texts.language(Locale.forLanguageTag(locale)).toLanguageTag();
  }

  private static Set<String> arguments(Texts texts, String key) {
    return new MessageFormat(texts.sentence(key), texts.locale()).getArgumentNames();
  }

  private static String sources() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path folder : SOURCES) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          all.append(Files.readString(file));
        }
      }
    }
    return Pattern.compile("\"\\s*\\+\\s*\"").splitAsStream(all).collect(Collectors.joining());
  }
}
