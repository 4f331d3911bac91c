package dev.parley.bench;

import dev.parley.model.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether a conversation goes on without being read again, though others took its slot: people talk
 * one after another, ten turns each.
 */
final class WarmTurns implements Measure {
  private static final int PEOPLE = 12;
  private static final int TURNS = 10;
  private static final int QUESTION = 50;
  private static final int ANSWER = 8;

  @Override
  public String name() {
    return "warm";
  }

  @Override
  public Result run(Subject subject) {
    int needed = TURNS * (QUESTION + ANSWER);
    if (needed >= subject.context()) {
      return new Result(
          name(), List.of(), List.of(subject.tooLittleContext(TURNS + " turns", needed)));
    }
    List<Double> alone = talk(subject, 1);
    List<Double> together = talk(subject, PEOPLE);
    return new Result(
        name(),
        List.of(
            figure("turn 1, alone", 1, alone.getFirst()),
            figure("turn %d, alone".formatted(TURNS), 1, alone.getLast()),
            figure("turn 1, %d people".formatted(PEOPLE), PEOPLE, together.getFirst()),
            figure("turn %d, %d people".formatted(TURNS, PEOPLE), PEOPLE, together.getLast())),
        List.of());
  }

  private static Figure figure(String what, int people, double seconds) {
    return new Figure(what, people, seconds, Unit.SECONDS);
  }

  /** Mean seconds to the first token of each turn. */
  private static List<Double> talk(Subject subject, int people) {
    List<List<ChatMessage>> chats =
        Stream.generate(() -> (List<ChatMessage>) new ArrayList<ChatMessage>())
            .limit(people)
            .toList();
    List<Double> turns = new ArrayList<>();
    for (int turn = 0; turn < TURNS; turn++) {
      double sum = 0;
      for (List<ChatMessage> chat : chats) {
        chat.add(ChatMessage.user(subject.words().of(QUESTION)));
        Answer answer = subject.answer(List.copyOf(chat), ANSWER);
        chat.add(ChatMessage.assistant(answer.result().text()));
        sum += answer.secondsToFirstToken();
      }
      turns.add(sum / people);
    }
    return turns;
  }
}
