package dev.parley.learning;

import dev.parley.conversation.Message;
import dev.parley.conversation.MessageId;
import dev.parley.conversation.MessageTree;
import dev.parley.model.ChatMessage;
import dev.parley.model.FinishReason;
import dev.parley.platform.PersonId;
import dev.parley.platform.Thumb;
import dev.parley.rating.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes examples of signals, for one snapshot. What people who rated an answer disagree about says
 * nothing; of two answers to a question the signal counts that says most. Confined to one thread.
 */
final class Gathering {
  private final MessageTree tree;
  private final Set<PersonId> agreed;
  private final Map<MessageId, Optional<Passage>> passages = new HashMap<>();
  private final Map<String, Demonstration> demonstrations = new LinkedHashMap<>();
  private final Map<Pair, Preference> preferences = new LinkedHashMap<>();
  private final List<RatedAnswer> rated = new ArrayList<>();

  /** Two answers to a question, whichever is better. */
  private record Pair(MessageId question, Set<String> answers) {}

  /** An answer that all who rated it find good, or all find bad. */
  private record Verdict(Message answer, Passage passage, List<Judgement> by) {
    boolean good() {
      return by.getFirst().thumb() == Thumb.UP;
    }

    Set<PersonId> people() {
      return passage.and(by.stream().map(Judgement::person));
    }
  }

  /**
   * @param agreed whose words may be in an example
   */
  Gathering(MessageTree tree, Set<PersonId> agreed) {
    this.tree = tree;
    this.agreed = agreed;
  }

  TrainingSet done() {
    return new TrainingSet(
        List.copyOf(demonstrations.values()), List.copyOf(preferences.values()), rated);
  }

  /** Takes ratings. */
  void judged(List<Judgement> judgements) {
    judgements.forEach(this::taught);
    Map<MessageId, List<Judgement>> byAnswer =
        judgements.stream()
            .collect(
                Collectors.groupingBy(
                    Judgement::answer, LinkedHashMap::new, Collectors.toUnmodifiableList()));
    Map<MessageId, List<Verdict>> byQuestion =
        byAnswer.values().stream()
            .filter(all -> all.stream().map(Judgement::thumb).distinct().count() == 1)
            .flatMap(all -> verdict(all).stream())
            .collect(
                Collectors.groupingBy(
                    verdict -> question(verdict.answer),
                    LinkedHashMap::new,
                    Collectors.toUnmodifiableList()));
    byQuestion.values().forEach(this::answered);
  }

  private void taught(Judgement judgement) {
    if (judgement.better().isEmpty()) {
      return;
    }
    String better = judgement.better().get();
    Message answer = tree.find(judgement.answer()).orElseThrow();
    passage(answer)
        .ifPresent(
            passage -> {
              String id = id(Origin.TAUGHT, answer) + "-" + Sha256.of(better).substring(0, 12);
              Set<PersonId> people = passage.and(Stream.of(judgement.person()));
              demonstrations.putIfAbsent(
                  id, new Demonstration(id, Origin.TAUGHT, passage.with(better), people));
              prefer(
                  question(answer),
                  new Preference(
                      id, Origin.TAUGHT, passage.messages(), better, answer.text(), people));
            });
  }

  private Optional<Verdict> verdict(List<Judgement> by) {
    Message answer = tree.find(by.getFirst().answer()).orElseThrow();
    return passage(answer).map(passage -> new Verdict(answer, passage, by));
  }

  /** Takes what is thought of the answers to one question. */
  private void answered(List<Verdict> verdicts) {
    for (Verdict verdict : verdicts) {
      rated(verdict);
      if (verdict.good() && isWhole(verdict.answer)) {
        verdicts.stream().filter(other -> !other.good()).forEach(worse -> prefer(verdict, worse));
      }
    }
  }

  private void rated(Verdict verdict) {
    String id = id(Origin.RATED, verdict.answer);
    List<ChatMessage> messages = verdict.passage.with(verdict.answer.text());
    List<Reason> reasons =
        verdict.by.stream().flatMap(one -> one.reason().stream()).distinct().sorted().toList();
    rated.add(new RatedAnswer(id, messages, verdict.good(), reasons, verdict.people()));
    if (verdict.good() && isWhole(verdict.answer)) {
      demonstrations.put(id, new Demonstration(id, Origin.RATED, messages, verdict.people()));
    }
  }

  private void prefer(Verdict better, Verdict worse) {
    prefer(
        question(better.answer),
        new Preference(
            id(Origin.RATED, better.answer) + "-" + worse.answer.id().value(),
            Origin.RATED,
            better.passage.messages(),
            better.answer.text(),
            worse.answer.text(),
            better.passage.and(
                Stream.concat(better.by.stream(), worse.by.stream()).map(Judgement::person))));
  }

  /** Takes comparisons in which one answer was found better. */
  void compared(List<Comparison> comparisons) {
    for (Comparison comparison : comparisons) {
      Message given = tree.find(comparison.answer()).orElseThrow();
      boolean other = comparison.choice().equals(Optional.of(Choice.OTHER));
      passage(given)
          .ifPresent(
              passage ->
                  prefer(
                      question(given),
                      new Preference(
                          Origin.COMPARED.key() + "-" + comparison.id().value(),
                          Origin.COMPARED,
                          passage.messages(),
                          other ? comparison.other() : given.text(),
                          other ? given.text() : comparison.other(),
                          passage.and(Stream.of(comparison.person())))));
    }
  }

  /** Takes from which answers people went on. */
  void kept(List<Keeping> keepings) {
    for (Keeping keeping : keepings) {
      Message kept = tree.find(keeping.kept()).orElseThrow();
      Message left = tree.find(keeping.left()).orElseThrow();
      if (isWhole(kept)) {
        passage(kept)
            .ifPresent(
                passage ->
                    prefer(
                        question(kept),
                        new Preference(
                            id(Origin.KEPT, kept) + "-" + left.id().value(),
                            Origin.KEPT,
                            passage.messages(),
                            kept.text(),
                            left.text(),
                            passage.and(Stream.of(keeping.person())))));
      }
    }
  }

  private void prefer(MessageId question, Preference preference) {
    if (!preference.chosen().equals(preference.rejected())) {
      preferences.merge(
          new Pair(question, Set.of(preference.chosen(), preference.rejected())),
          preference,
          (known, other) -> other.origin().compareTo(known.origin()) < 0 ? other : known);
    }
  }

  private Optional<Passage> passage(Message answer) {
    MessageId question = question(answer);
    return passages.computeIfAbsent(
        question,
        id ->
            tree.find(id)
                .filter(asked -> !asked.deleted())
                .flatMap(asked -> Passage.of(tree.contextOf(id), agreed)));
  }

  /** What was stopped or cut shows nobody how an answer ends. */
  private static boolean isWhole(Message answer) {
    return answer
        .generation()
        .map(Message.Origin::finishReason)
        .filter(end -> end == FinishReason.END || end == FinishReason.STOP_TEXT)
        .isPresent();
  }

  private static MessageId question(Message answer) {
    return answer.parent().orElseThrow();
  }

  private static String id(Origin origin, Message answer) {
    return origin.key() + "-" + answer.id().value();
  }
}
