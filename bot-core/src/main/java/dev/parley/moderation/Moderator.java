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
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at questions and answers, as strictly as a place or the operator wants, whoever wants more.
 * Thread-safe.
 */
public final class Moderator {
  /** Characters that are judged at a time: as much as one message says. */
  private static final int AT_ONCE = 1_000;

  /** Characters of what is hardly a sentence: who writes a word a line hides none of it. */
  private static final int SHORT = 40;

  /** Characters of what is no sentence any more. */
  private static final int LONG = 300;

  /**
   * Above this a text is objected to for one sentence of it. More than {@link Classifier#LIKELY},
   * as each sentence is one more chance to err: measured in examples/moderation.
   */
  private static final double SURE = 0.65;

  /**
   * What one sentence at least has to come to before a whole text is objected to: in a long one,
   * much that says little by itself adds up.
   */
  private static final double CAUSE = 0.25;

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
   * Looks at a part of a text while it grows, as strictly as at one sentence of many; takes about a
   * millisecond.
   *
   * @return why it is objected to: whoever may want to hurt themselves comes first
   */
  public Optional<Finding> glance(PlaceId place, String text) {
    return find(place, text, SURE);
  }

  /**
   * Looks at a whole text, and asks for a second opinion where there is one: that may take seconds.
   *
   * @return why it is objected to; empty where an admin found this very text fine
   */
  public Optional<Finding> look(PlaceId place, String text) {
    return find(place, text, Classifier.LIKELY)
        .or(() -> second.on(text).map(Finding::of))
        .filter(finding -> !cases.isReleased(place, text));
  }

  /** As a whole, and by each sentence: one among many harmless ones is overlooked. */
  private Optional<Finding> find(PlaceId place, String text, double least) {
    String normalized = Normalization.of(text);
    if (PlaceWords.contains(words(Setting.BLOCKED_WORDS, place), normalized)) {
      return Optional.of(Finding.word());
    }
    String judged = PlaceWords.without(words(Setting.ALLOWED_WORDS, place), normalized);
    List<String> sentences = Sentences.of(judged);
    Map<Category, Double> whole = likeliest(pieces(judged, AT_ONCE));
    Map<Category, Double> alone = likeliest(sentences);
    Map<Category, Double> cause = likeliest(passages(sentences));
    return Category.ALL.stream()
        .map(
            category ->
                new Evidence(
                    category,
                    whole.getOrDefault(category, 0.0),
                    alone.getOrDefault(category, 0.0),
                    cause.getOrDefault(category, 0.0)))
        .filter(evidence -> evidence.isEnough(least))
        .max(Comparator.comparing(Evidence::selfHarm).thenComparingDouble(Evidence::most))
        .map(evidence -> Finding.of(evidence.category));
  }

  /**
   * How likely a text seems to be of a category.
   *
   * @param whole all of it, a message's length at a time
   * @param alone its likeliest sentence
   * @param cause its likeliest sentence, where short ones are taken together and long ones cut
   */
  private record Evidence(Category category, double whole, double alone, double cause) {
    boolean isEnough(double least) {
      return alone > SURE || (whole > least && cause > CAUSE);
    }

    boolean selfHarm() {
      return category == Category.SELF_HARM;
    }

    double most() {
      return Math.max(whole, alone);
    }
  }

  private static List<String> passages(List<String> sentences) {
    List<String> passages = new ArrayList<>();
    StringBuilder next = new StringBuilder();
    for (String sentence : sentences) {
      next.append(sentence);
      if (next.length() >= SHORT) {
        passages.addAll(pieces(next.toString(), LONG));
        next.setLength(0);
      }
    }
    passages.addAll(pieces(next.toString(), LONG));
    return passages;
  }

  private static Map<Category, Double> likeliest(List<String> texts) {
    Map<Category, Double> likeliest = new EnumMap<>(Category.class);
    for (String text : Set.copyOf(texts)) {
      BuiltIn.CLASSIFIER
          .judge(text)
          .forEach((category, likely) -> likeliest.merge(category, likely, Math::max));
    }
    return likeliest;
  }

  private static List<String> pieces(String text, int most) {
    List<String> pieces = new ArrayList<>();
    String rest = text;
    while (!rest.isEmpty()) {
      int end = WordBreaks.upTo(rest, most);
      pieces.add(rest.substring(0, end));
      rest = rest.substring(end);
    }
    return pieces;
  }

  private Set<String> words(Setting<Set<String>> setting, PlaceId place) {
    return settings.resolve(setting, place).value();
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
