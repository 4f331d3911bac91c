package dev.parley.language;

import com.ibm.icu.text.MessageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sentences of one language, from {@code LANGUAGE.properties} beside this class. The form is
 * ICU's MessageFormat: {@code {0}}, {@code {0,plural,one{…}other{…}}}. Thread-safe.
 */
public final class Texts {
  /** What Parley speaks; the first is used where nothing fits. */
  public static final List<Locale> LANGUAGES =
      List.of(
          Locale.ENGLISH, Locale.forLanguageTag("zh-Hant-TW"), Locale.forLanguageTag("zh-Hans-CN"));

  private static final Set<String> TRADITIONAL_REGIONS = Set.of("TW", "HK", "MO");
  private static final Map<Locale, Texts> LOADED = new ConcurrentHashMap<>();

  /** Between a sentence's name and the platform that has other words for the same. */
  private static final String ON = "@";

  private final Locale locale;
  private final Properties sentences;
  private final String platform;

  private Texts(Locale locale) {
    this(locale, load(locale), "");
  }

  private Texts(Locale locale, Properties sentences, String platform) {
    this.locale = locale;
    this.sentences = sentences;
    this.platform = platform;
  }

  /** The texts in the language that fits a locale best. */
  public static Texts of(Locale locale) {
    return LOADED.computeIfAbsent(language(locale), Texts::new);
  }

  /** The language among {@link #LANGUAGES} that fits a locale best. */
  static Locale language(Locale locale) {
    if (!locale.getLanguage().equals("zh")) {
      return LANGUAGES.getFirst();
    }
    boolean traditional =
        locale.getScript().equals("Hant")
            || (locale.getScript().isEmpty() && TRADITIONAL_REGIONS.contains(locale.getCountry()));
    return LANGUAGES.get(traditional ? 1 : 2);
  }

  /** The same in the words of a platform, where it has other ones for a thing. */
  public Texts on(String name) {
    return new Texts(locale, sentences, name);
  }

  public Locale locale() {
    return locale;
  }

  /**
   * Says something.
   *
   * @param arguments texts, numbers and {@code java.time} values, in the order of the sentence's
   *     numbers
   * @throws IllegalArgumentException where there is no such sentence: a fault of the program
   */
  public String say(String key, Object... arguments) {
    String sentence = sentences.getProperty(key + ON + platform, sentences.getProperty(key));
    if (sentence == null) {
      throw new IllegalArgumentException("no text named " + key + " in " + locale);
    }
    return new MessageFormat(sentence, locale).format(arguments);
  }

  Set<String> keys() {
    return new TreeSet<>(sentences.stringPropertyNames());
  }

  String sentence(String key) {
    return sentences.getProperty(key, "");
  }

  private static Properties load(Locale locale) {
    String name = locale.toLanguageTag() + ".properties";
    Properties properties = new Properties();
    try (InputStream in = Texts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
