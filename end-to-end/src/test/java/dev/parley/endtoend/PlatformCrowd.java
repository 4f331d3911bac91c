package dev.parley.endtoend;

import dev.parley.core.Questions.Post;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** People on one platform who ask the program things, while a tenth of its calls fails. */
public interface PlatformCrowd extends AutoCloseable {
  /** What the program is told to reach the platform. */
  Map<String, String> environment();

  /** How often a program began to talk to the platform. */
  long starts();

  /** Everybody asks their next question. */
  void ask(int number);

  /**
   * Cuts the network, or mends it.
   *
   * @param is whether nothing comes through from now on
   */
  void cut(boolean is);

  /** How many calls failed by chance. */
  long faults();

  /** All questions so far. */
  Set<String> asked();

  /** All that the program said, in the order of each place. */
  List<Post> posts();

  /**
   * None broke the platform's rules.
   *
   * @param kills how many processes ended before they could write down what they had been told last
   */
  void assertNoCallWasWrong(int kills);

  @Override
  void close();
}
