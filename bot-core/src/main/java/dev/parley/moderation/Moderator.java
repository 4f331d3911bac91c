package dev.parley.moderation;

import dev.parley.platform.PlaceId;
import dev.parley.settings.ModerationLevel;
import dev.parley.settings.Setting;
import dev.parley.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks at questions and answers, as strictly as a place or the operator wants, whoever wants more.
 * Thread-safe.
 */
public final class Moderator {
  /** Characters that are judged at a time: as much as one message says. */
  private static final int AT_ONCE = 1_000;

  private final Settings settings;
  private final CaseStore cases;
  private final SecondOpinion second;

  public Moderator(Settings settings, CaseStore cases, SecondOpinion second) {
    this.settings = settings;
    this.cases = cases;
    this.second = second;
  }

  /** What becomes of texts in a place. */
  public ModerationLevel level(PlaceId place) {
    return Collections.max(
        List.of(
            settings.resolve(Setting.MODERATION, place).value(),
            settings.ofOperator(Setting.MODERATION).value()));
  }

  /**
   * Looks at a part of a text while it grows; takes about a millisecond.
   *
   * @return why it is objected to
   */
  public Optional<Finding> glance(PlaceId place, String text) {
    String normalized = Normalization.of(text);
    if (PlaceWords.contains(words(Setting.BLOCKED_WORDS, place), normalized)) {
      return Optional.of(Finding.word());
    }
    String judged = PlaceWords.without(words(Setting.ALLOWED_WORDS, place), normalized);
    return parts(judged).flatMap(part -> judge(part).stream()).findFirst();
  }

  /** So much at a time, and each sentence: among many harmless ones one is easily overlooked. */
  private static Stream<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    String rest = text;
    while (!rest.isEmpty()) {
      int end = WordBreaks.upTo(rest, AT_ONCE);
      parts.add(rest.substring(0, end));
      rest = rest.substring(end);
    }
    return Stream.concat(parts.stream(), Sentences.of(text).stream()).distinct();
  }

  /**
   * Looks at a whole text, and asks for a second opinion where there is one: that may take seconds.
   *
   * @return why it is objected to; empty where an admin found this very text fine
   */
  public Optional<Finding> look(PlaceId place, String text) {
    return glance(place, text)
        .or(() -> second.on(text).map(Finding::of))
        .filter(finding -> !cases.isReleased(place, text));
  }

  private Set<String> words(Setting<Set<String>> setting, PlaceId place) {
    return settings.resolve(setting, place).value();
  }

  /** The likeliest category; whoever may want to hurt themselves comes first. */
  private static Optional<Finding> judge(String text) {
    Map<Category, Double> likely = BuiltIn.CLASSIFIER.judge(text);
    if (likely.getOrDefault(Category.SELF_HARM, 0.0) > Classifier.LIKELY) {
      return Optional.of(Finding.of(Category.SELF_HARM));
    }
    return likely.entrySet().stream()
        .filter(each -> each.getValue() > Classifier.LIKELY)
        .max(Map.Entry.comparingByValue())
        .map(most -> Finding.of(most.getKey()));
  }

  /** Read where it is needed first: that takes a moment, and many want no moderation. */
  private static final class BuiltIn {
    static final Classifier CLASSIFIER = read();

    private static Classifier read() {
      try (InputStream in = Moderator.class.getResourceAsStream("classifier.bin")) {
        if (in == null) {
          throw new IllegalStateException("classifier.bin is missing in this build");
        }
        return Classifier.read(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
