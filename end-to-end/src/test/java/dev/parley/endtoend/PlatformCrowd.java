package dev.parley.endtoend;

import java.util.Map;

/** People on one platform who ask the program things, while a tenth of its calls fails. */
public interface PlatformCrowd extends AutoCloseable {
  /** What the program is told to reach the platform. */
  Map<String, String> environment();

  /** How often a program began to talk to the platform. */
  long starts();

  /** Everybody asks their next question. */
  void ask(int number);

  /** Whether every question has an answer that is whole, as far as one sees it. */
  boolean isAnswered();

  /** None is lost, none doubled, each is whole and in its place, and no call was wrong. */
  void assertAnswered();

  @Override
  void close();
}
