package dev.parley.model;

/**
 * Tells what a model thought from what it answers, in text that comes in pieces: {@code <think> …
 * </think>} before the answer, as Qwen 3, SmolLM 3 and DeepSeek-R1 write it. A thought stands at
 * the very beginning only, so that an answer may speak of such tags. A thought that does not end is
 * no answer. White space around a thought belongs to neither. Confined to one thread.
 */
public final class Thoughts {
  /** The spelling of a thought's beginning. */
  public static final String OPEN = "<think>";

  /** The spelling of its end. */
  public static final String CLOSE = "</think>";

  private final TextListener listener;
  private final StringBuilder held = new StringBuilder();
  private At at;

  /** What the next piece belongs to. */
  public enum At {
    /** Nothing was said yet: a thought or the answer may begin. */
    BEGINNING,
    /** A thought has begun, and no word of it was said. */
    OPENED,
    /** A thought goes on. */
    THOUGHT,
    /** A thought has ended, and no word of the answer was said. */
    CLOSED,
    /** The answer goes on: whatever comes is part of it. */
    ANSWER
  }

  /**
   * Begins.
   *
   * @param at where the text begins: a prompt may have opened the thought, or end within an answer
   * @param listener gets thought and answer, each in pieces that are never empty
   */
  public Thoughts(At at, TextListener listener) {
    this.at = at;
    this.listener = listener;
  }

  /** Whether the words of a prompt's end open a thought, which the model then goes on with. */
  public static boolean opensAtEnd(String prompt) {
    return prompt.stripTrailing().endsWith(OPEN);
  }

  /** The next piece of text; it may end within a tag, never within a character. */
  public void add(String text) {
    held.append(text);
    boolean goesOn = true;
    while (goesOn && !held.isEmpty()) {
      goesOn = step();
    }
  }

  /** The next piece of a thought that was told apart already. */
  public void addThought(String text) {
    if (at != At.ANSWER) {
      held.setLength(0); // white space before it
      at = At.CLOSED;
    }
    if (!text.isEmpty()) {
      listener.thought(text);
    }
  }

  /** Nothing more comes: hands out what was held back. */
  public void finish() {
    String rest = take(held.length());
    if (at == At.THOUGHT && !rest.isEmpty()) {
      listener.thought(rest);
    } else if (at == At.BEGINNING && !rest.isEmpty()) {
      listener.text(rest);
    }
  }

  /** Hands out what can be; returns whether there may be more in what is held. */
  private boolean step() {
    return switch (at) {
      case BEGINNING -> begin();
      case OPENED -> skipSpace(At.THOUGHT);
      case THOUGHT -> think();
      case CLOSED -> skipSpace(At.ANSWER);
      case ANSWER -> {
        listener.text(take(held.length()));
        yield false;
      }
    };
  }

  private boolean begin() {
    String words = held.toString().stripLeading();
    if (words.startsWith(OPEN)) {
      take(held.length() - words.length() + OPEN.length());
      at = At.OPENED;
      return true;
    }
    if (OPEN.startsWith(words)) { // as far as it goes, or no word yet
      return false;
    }
    at = At.ANSWER;
    return true;
  }

  private boolean skipSpace(At next) {
    String words = held.toString().stripLeading();
    take(held.length() - words.length());
    if (!words.isEmpty()) {
      at = next;
    }
    return !words.isEmpty();
  }

  private boolean think() {
    int end = held.indexOf(CLOSE);
    String thought = take(end >= 0 ? end : held.length() - halfTag());
    if (!thought.isEmpty()) {
      listener.thought(thought);
    }
    if (end >= 0) {
      take(CLOSE.length());
      at = At.CLOSED;
    }
    return end >= 0;
  }

  /** Characters at the end that may become the closing tag. */
  private int halfTag() {
    int length = Math.min(CLOSE.length() - 1, held.length());
    while (!CLOSE.startsWith(held.substring(held.length() - length))) {
      length--;
    }
    return length;
  }

  private String take(int length) {
    String text = held.substring(0, length);
    held.delete(0, length);
    return text;
  }
}
