package dev.parley.reply;

import dev.parley.model.ModelException;
import dev.parley.platform.PlatformException;
import dev.parley.storage.DatabaseException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Counts, since the start, what does not show in replies themselves: what went wrong with them also
 * where another try went well, which limits let one not begin, and how many edits were not needed.
 * Nothing of it names a person or a text. Thread-safe.
 */
public final class Tally {
  /** What a question may meet instead of an answer. */
  public enum Limit {
    /** How quickly a person may ask. */
    RATE,
    /** How quickly everyone in a place may. */
    RATE_OF_PLACE,
    /** A person's answers of a day. */
    ANSWERS,
    /** A person's tokens of a day. */
    TOKENS,
    /** A place's tokens of a day. */
    TOKENS_OF_PLACE,
    /** A person's questions that wait. */
    WAITING_OF_PERSON,
    /** All that wait. */
    WAITING
  }

  private static final String MODEL = "model";
  private static final String OTHER = "other";

  private final Map<String, LongAdder> failures = new ConcurrentSkipListMap<>();
  private final Map<Limit, LongAdder> limits =
      Arrays.stream(Limit.values())
          .collect(Collectors.toUnmodifiableMap(Function.identity(), _ -> new LongAdder()));
  private final LongAdder saved = new LongAdder();

  public Tally() {
    failures.put(MODEL, new LongAdder()); // the rest comes with the first of its kind
    failures.put(OTHER, new LongAdder());
  }

  /** Something went wrong on the way of a reply; it may be tried again. */
  public void failed(Throwable cause) {
    failures.computeIfAbsent(kind(cause), _ -> new LongAdder()).increment();
  }

  private static String kind(Throwable cause) {
    return switch (cause) {
      case ExecutionException e when e.getCause() != null -> kind(e.getCause());
      case PlatformException e -> name("platform-" + e.kind());
      case DatabaseException e -> name("database-" + e.kind());
      case ModelException _ -> MODEL;
      default -> OTHER;
    };
  }

  /** A question met a limit. */
  public void limited(Limit limit) {
    Objects.requireNonNull(limits.get(limit)).increment();
  }

  /**
   * What the model wrote is shown.
   *
   * @param pieces it wrote since something was shown last
   */
  void shown(long pieces) {
    saved.add(Math.max(0, pieces - 1));
  }

  /** What went wrong, by its kind, such as {@code platform-rate-limited}; a snapshot. */
  public Map<String, Long> failures() {
    Map<String, Long> now = new TreeMap<>();
    failures.forEach((kind, count) -> now.put(kind, count.sum()));
    return Collections.unmodifiableMap(now);
  }

  /** How often each limit was met; a snapshot. */
  public Map<String, Long> limits() {
    Map<String, Long> now = new TreeMap<>();
    limits.forEach((limit, count) -> now.put(name(limit.name()), count.sum()));
    return Collections.unmodifiableMap(now);
  }

  /** Edits that were not needed, as a later one shows what they would have. */
  public long editsSaved() {
    return saved.sum();
  }

  private static String name(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
