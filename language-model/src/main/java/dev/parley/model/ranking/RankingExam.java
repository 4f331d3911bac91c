package dev.parley.model.ranking;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.ToIntBiFunction;
import java.util.stream.IntStream;

/**
 * Questions that a ranker is examined by: which of several replies was given in a dialogue that it
 * did not learn from. The others are replies of other such dialogues (1 in 10 of Lowe et al. 2015).
 * Immutable.
 *
 * @param questions perhaps none
 */
public record RankingExam(List<Question> questions) {
  /** Replies to choose from, as is usual. */
  public static final int REPLIES = 10;

  /**
   * A place in a dialogue.
   *
   * @param turns all that were before
   * @param replies to choose from, all different
   * @param right index of the one that was given
   */
  public record Question(List<String> turns, List<String> replies, int right) {
    /** Copies what it is given. */
    public Question {
      turns = List.copyOf(turns);
      replies = List.copyOf(replies);
    }
  }

  private record Reply(int dialogue, String text) {}

  /** Copies what it is given. */
  public RankingExam {
    questions = List.copyOf(questions);
  }

  /**
   * Asks for each turn but the first of each dialogue, as far as other dialogues have replies
   * enough.
   *
   * @param seed of which replies are put beside the right one, and in which order
   */
  public static RankingExam of(List<Dialogue> dialogues, long seed) {
    Random random = new Random(seed);
    List<Reply> replies = new ArrayList<>();
    for (int i = 0; i < dialogues.size(); i++) {
      for (String text : dialogues.get(i).turns().subList(1, dialogues.get(i).turns().size())) {
        replies.add(new Reply(i, text));
      }
    }
    Collections.shuffle(replies, random);
    List<Question> questions = new ArrayList<>();
    for (int i = 0; i < dialogues.size(); i++) {
      List<String> turns = dialogues.get(i).turns();
      for (int at = 1; at < turns.size(); at++) {
        List<String> others = others(i, turns.get(at), replies, random);
        if (others.size() == REPLIES - 1) {
          int right = random.nextInt(REPLIES);
          others.add(right, turns.get(at));
          questions.add(new Question(turns.subList(0, at), others, right));
        }
      }
    }
    return new RankingExam(questions);
  }

  /** Goes on from a place by chance: all replies are equally probable. */
  private static List<String> others(
      int dialogue, String right, List<Reply> replies, Random random) {
    int start = random.nextInt(replies.size());
    Set<String> known = new HashSet<>(Set.of(right));
    List<String> others = new ArrayList<>();
    for (int i = 0; i < replies.size() && others.size() < REPLIES - 1; i++) {
      Reply reply = replies.get((start + i) % replies.size());
      if (reply.dialogue() != dialogue && known.add(reply.text())) {
        others.add(reply.text());
      }
    }
    return others;
  }

  /**
   * Share of the questions that are answered rightly.
   *
   * @param best says the index of one of the replies after some turns, such as {@link Ranker#best}
   */
  public double accuracy(ToIntBiFunction<List<String>, List<String>> best) {
    if (questions.isEmpty()) {
      throw new IllegalStateException("an exam without questions says nothing");
    }
    long right =
        questions.parallelStream()
            .filter(each -> best.applyAsInt(each.turns(), each.replies()) == each.right())
            .count();
    return (double) right / questions.size();
  }

  /**
   * Share of the rejected replies that score below the right one; empty where there are none.
   *
   * @param score of several replies after some turns, such as {@link Ranker#score}
   */
  public static OptionalDouble order(
      List<Dialogue> dialogues, BiFunction<List<String>, List<String>, float[]> score) {
    return dialogues.stream()
        .flatMapToDouble(
            dialogue -> {
              List<String> turns = dialogue.turns();
              List<String> replies = new ArrayList<>(List.of(turns.getLast()));
              replies.addAll(dialogue.rejected());
              float[] scores = score.apply(turns.subList(0, turns.size() - 1), replies);
              return IntStream.range(1, scores.length)
                  .mapToDouble(i -> scores[i] < scores[0] ? 1 : 0);
            })
        .average();
  }
}
