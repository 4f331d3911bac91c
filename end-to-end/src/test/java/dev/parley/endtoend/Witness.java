package dev.parley.endtoend;

import dev.parley.core.WordModel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A model that remembers each prompt with something in it that its reader could not see. All that
 * people write is marked with where and by whom: {@code [place/person/mixed]}, and so are answers.
 */
final class Witness {
  private static final Pattern MARK = Pattern.compile("\\[(\\w+)/(\\w+)/(\\w+)]");

  private final WordModel model = new WordModel();
  private final AtomicInteger prompts = new AtomicInteger();
  private final AtomicInteger earlier = new AtomicInteger();
  private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

  Witness() {
    model.answersAll(this::answer);
  }

  /**
   * A mark.
   *
   * @param mixed whether the person may have what others said in the same place in their own
   *     conversation, because all share one, or because they reply to answers to others
   */
  static String mark(String place, String person, boolean mixed) {
    return "[" + place + "/" + person + "/" + mixed + "]";
  }

  WordModel model() {
    return model;
  }

  private String answer(String prompt) {
    prompts.incrementAndGet();
    List<MatchResult> marks = MARK.matcher(prompt).results().toList();
    MatchResult last = marks.getLast();
    earlier.addAndGet(marks.size() - 1);
    boolean mixed = Boolean.parseBoolean(last.group(3));
    for (MatchResult mark : marks) {
      boolean visible =
          mark.group(1).equals(last.group(1)) && (mixed || mark.group(2).equals(last.group(2)));
      if (!visible) {
        leaks.add(mark.group() + " was shown to " + last.group());
      }
    }
    return "Answer to " + last.group();
  }

  int prompts() {
    return prompts.get();
  }

  /** How many earlier messages all prompts held. */
  int earlier() {
    return earlier.get();
  }

  List<String> leaks() {
    return List.copyOf(leaks);
  }
}
