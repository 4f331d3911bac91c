package dev.parley.model.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up dialogues with a rule: each kind of question has its kind of answer. */
final class Talk {
  private static final List<String> THINGS =
      List.of("car", "house", "coat", "table", "bird", "garden", "boat", "door", "lamp", "book");
  private static final List<List<String>> ANSWERS =
      List.of(
          List.of("red", "green", "blue", "yellow", "purple"),
          List.of("noon", "seven", "midnight", "sunrise", "eleven"),
          List.of("Paris", "London", "Rome", "Madrid", "Vienna"),
          List.of("Alice", "Robert", "Charles", "Diana", "Edward"),
          List.of("cheap", "costly", "free", "pricey", "affordable"));
  private static final List<String> QUESTIONS =
      List.of(
          "What colour is the %s?",
          "When do you bring the %s?",
          "Which city is the %s from?",
          "Who bought the %s?",
          "How expensive was the %s?");

  private Talk() {}

  static List<Dialogue> dialogues(int count, long seed) {
    Random random = new Random(seed);
    List<Dialogue> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(QUESTIONS.size());
      all.add(
          Dialogue.of("Hello there", "Hi, nice day", question(random, kind), answer(random, kind)));
    }
    return all;
  }

  /** Share of questions whose answer is found among five, one of each kind. */
  static double accuracy(Ranker ranker, int count, long seed) {
    Random random = new Random(seed);
    int right = 0;
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(QUESTIONS.size());
      List<String> turns = List.of("Hello there", "Hi, nice day", question(random, kind));
      List<String> replies = new ArrayList<>();
      for (int each = 0; each < ANSWERS.size(); each++) {
        replies.add(answer(random, each));
      }
      right += ranker.best(turns, replies) == kind ? 1 : 0;
    }
    return (double) right / count;
  }

  /** What a teacher would say: which kind of question or answer each turn is. */
  static List<float[]> meanings(List<String> turns) {
    List<float[]> vectors = new ArrayList<>();
    for (String turn : turns) {
      float[] vector = new float[2 * QUESTIONS.size()];
      for (int kind = 0; kind < QUESTIONS.size(); kind++) {
        vector[2 * kind] = turn.startsWith(QUESTIONS.get(kind).substring(0, 5)) ? 1 : 0;
        vector[2 * kind + 1] = ANSWERS.get(kind).stream().anyMatch(turn::endsWith) ? 1 : 0;
      }
      vectors.add(vector);
    }
    return vectors;
  }

  private static String question(Random random, int kind) {
    return QUESTIONS.get(kind).formatted(THINGS.get(random.nextInt(THINGS.size())));
  }

  private static String answer(Random random, int kind) {
    List<String> some = ANSWERS.get(kind);
    return "It is " + some.get(random.nextInt(some.size()));
  }
}
