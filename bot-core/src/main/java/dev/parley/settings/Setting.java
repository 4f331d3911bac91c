package dev.parley.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

@SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"})
public final class Setting<T> {
  public static final Setting<Optional<Locale>> LANGUAGE = todo();
  public static final Setting<Creativity> CREATIVITY = todo();
  public static final Setting<AnswerLength> ANSWER_LENGTH = todo();
  public static final Setting<String> PERSONA = todo();
  public static final Setting<Boolean> STREAMING = todo();
  public static final Setting<Boolean> SHARED_CONVERSATION = todo();
  public static final Setting<AnswerMode> ANSWER_MODE = todo();
  public static final Setting<Boolean> CUSTOM_INSTRUCTIONS = todo();
  public static final Setting<Integer> MESSAGES_PER_DAY = todo();

  public static final List<Setting<?>> ALL = List.of();

  public String key() {
    throw new UnsupportedOperationException();
  }

  /** Whether people may choose it for themselves; otherwise only places and the operator. */
  public boolean personal() {
    throw new UnsupportedOperationException();
  }

  public T builtIn() {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException with a sentence on what is allowed
   */
  public T parse(String text) {
    throw new UnsupportedOperationException();
  }

  public String format(T value) {
    throw new UnsupportedOperationException();
  }

  private static <T> Setting<T> todo() {
    return new Setting<>();
  }
}
