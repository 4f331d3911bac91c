package dev.parley.model.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.model.Capacity;
import dev.parley.model.ChatMessage;
import dev.parley.model.FinishReason;
import dev.parley.model.Generation;
import dev.parley.model.GenerationOptions;
import dev.parley.model.GenerationResult;
import dev.parley.model.LanguageModel;
import dev.parley.model.ModelException;
import dev.parley.model.ModelInfo;
import dev.parley.model.SamplingOptions;
import dev.parley.model.TextListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BestOfTest {
  private static final List<ChatMessage> QUESTION = List.of(ChatMessage.user("What is tea?"));
  private static final GenerationOptions DRAWN =
      GenerationOptions.of(20, SamplingOptions.GREEDY.withTemperature(1));

  private final HandModel hand = new HandModel();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final BestOf bestOf = new BestOf(3, new Longest());
  private final LanguageModel model = bestOf.on(hand);

  @Test
  void theBestOfSeveralIsGivenWhole() throws Exception {
    Generation generation = model.generate(QUESTION, DRAWN, heard::add);
    assertThat(hand.runs).hasSize(3);

    hand.runs.get(0).say("A leaf.").end();
    hand.runs.get(1).say("A drink ").say("made of leaves.").end();
    assertThat(heard).isEmpty();
    hand.runs.get(2).say("Hm.").end();

    assertThat(result(generation).text()).isEqualTo("A drink made of leaves.");
    assertThat(heard).containsExactly("A drink ", "made of leaves.");
  }

  @Test
  void theFirstGoesOnAloneAsSoonAsSomebodyElseAsks() throws Exception {
    Generation generation = model.generate(QUESTION, DRAWN, heard::add);
    hand.runs.get(0).say("A ");
    hand.runs.get(1).say("A drink made of leaves");

    Generation other = model.generate(QUESTION, DRAWN, piece -> {});

    assertThat(heard).containsExactly("A ");
    assertThat(hand.runs).hasSize(4);
    assertThat(hand.runs)
        .extracting(run -> run.cancelled)
        .containsExactly(false, true, true, false);
    hand.runs.get(1).say(", and more").end();
    hand.runs.get(0).say("leaf.").end();
    assertThat(result(generation).text()).isEqualTo("A leaf.");
    assertThat(heard).containsExactly("A ", "leaf.");
    hand.runs.get(3).say("Me too.").end();
    assertThat(result(other).text()).isEqualTo("Me too.");

    model.generate(QUESTION, DRAWN, heard::add);
    assertThat(hand.runs).as("alone again").hasSize(4 + 3);
  }

  @Test
  void anAnswerThatIsThereAlreadyIsGivenAtOnce() throws Exception {
    Generation generation = model.generate(QUESTION, DRAWN, heard::add);
    hand.runs.get(0).say("A leaf.").end();

    model.generate(QUESTION, DRAWN, piece -> {});

    assertThat(result(generation).text()).isEqualTo("A leaf.");
    assertThat(heard).containsExactly("A leaf.");
  }

  @Test
  void whoeverStopsKeepsWhatTheFirstHasSaid() throws Exception {
    Generation generation = model.generate(QUESTION, DRAWN, heard::add);
    hand.runs.get(0).say("A le");

    generation.cancel();

    assertThat(heard).containsExactly("A le");
    assertThat(hand.runs).allMatch(run -> run.cancelled);
    hand.runs.get(0).end(FinishReason.CANCELLED);
    assertThat(result(generation).finishReason()).isEqualTo(FinishReason.CANCELLED);
  }

  @Test
  void onlyDrawnAnswersAreWrittenSeveralTimes() {
    model.generate(QUESTION, GenerationOptions.of(20, SamplingOptions.GREEDY), heard::add);
    assertThat(hand.runs).hasSize(1);
    hand.runs.getFirst().end();

    SamplingOptions seeded = SamplingOptions.GREEDY.withTemperature(1).withSeed(3);
    model.generate(QUESTION, GenerationOptions.of(20, seeded), heard::add);
    assertThat(hand.runs).hasSize(2);
    hand.runs.getLast().end();

    hand.parallel = 1;
    model.generate(QUESTION, DRAWN, heard::add);
    assertThat(hand.runs).hasSize(3);
  }

  @Test
  void failuresAreToldWhereNoAnswerIsLeft() throws Exception {
    Generation one = model.generate(QUESTION, DRAWN, heard::add);
    hand.runs.get(0).fail();
    hand.runs.get(1).say("Leaves.").end();
    hand.runs.get(2).fail();
    assertThat(result(one).text()).isEqualTo("Leaves.");

    Generation none = model.generate(QUESTION, DRAWN, heard::add);
    hand.runs.subList(3, 6).forEach(Run::fail);
    assertThatThrownBy(() -> result(none))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ModelException.class);
  }

  @Test
  void aJudgeThatFailsLeavesTheFirst() throws Exception {
    LanguageModel unjudged = new BestOf(2, new Failing()).on(hand);
    Generation generation = unjudged.generate(QUESTION, DRAWN, heard::add);
    hand.runs.get(0).say("A leaf.").end();
    hand.runs.get(1).say("A drink made of leaves.").end();

    assertThat(result(generation).text()).isEqualTo("A leaf.");
  }

  /** Somebody who comes while it is judged does not wait for the judge. */
  @Test
  void whoeverComesWhileItIsJudgedDoesNotWait() throws Exception {
    CountDownLatch decided = new CountDownLatch(1);
    LanguageModel slow = new BestOf(2, new Slow(decided)).on(hand);
    Generation generation = slow.generate(QUESTION, DRAWN, heard::add);
    hand.runs.get(0).say("A leaf.").end();
    hand.runs.get(1).say("A drink made of leaves.").end();

    slow.generate(QUESTION, DRAWN, piece -> {});

    assertThat(result(generation).text()).isEqualTo("A leaf.");
    decided.countDown();
    assertThat(heard).containsExactly("A leaf.");
  }

  @Test
  void thoughtsAreHandedOnWithTheirAnswer() throws Exception {
    List<String> thoughts = new ArrayList<>();
    TextListener listener =
        new TextListener() {
          @Override
          public void text(String piece) {
            heard.add(piece);
          }

          @Override
          public void thought(String piece) {
            thoughts.add(piece);
          }
        };
    Generation generation = model.generate(QUESTION, DRAWN, listener);
    hand.runs.get(0).think("I know.").say("Leaf.").end();
    hand.runs.get(1).think("Let me see.").say("A drink.").end();
    hand.runs.get(2).say("Hm.").end();

    assertThat(result(generation).text()).isEqualTo("A drink.");
    assertThat(thoughts).containsExactly("Let me see.");
  }

  private static GenerationResult result(Generation generation) throws Exception {
    return generation.result().get(20, TimeUnit.SECONDS);
  }

  private record Longest() implements Judge {
    @Override
    public double[] score(List<ChatMessage> prompt, List<String> answers) {
      return answers.stream().mapToDouble(String::length).toArray();
    }

    @Override
    public void close() {}
  }

  private record Failing() implements Judge {
    @Override
    public double[] score(List<ChatMessage> prompt, List<String> answers) {
      throw new ModelException("no judge today");
    }

    @Override
    public void close() {}
  }

  private record Slow(CountDownLatch decided) implements Judge {
    @Override
    public double[] score(List<ChatMessage> prompt, List<String> answers) {
      try {
        assertThat(decided.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return new Longest().score(prompt, answers);
    }

    @Override
    public void close() {}
  }

  /** Says what the test makes it say. */
  private static final class HandModel implements LanguageModel {
    final List<Run> runs = new CopyOnWriteArrayList<>();
    int parallel = 4;

    @Override
    public ModelInfo info() {
      return new ModelInfo("Hand", "hand-1", 1_000, "unknown", List.of());
    }

    @Override
    public Capacity capacity() {
      return new Capacity(parallel, 100, 10);
    }

    @Override
    public int countTokens(List<ChatMessage> messages) {
      return messages.size();
    }

    @Override
    public Generation generate(
        List<ChatMessage> messages, GenerationOptions options, TextListener listener) {
      Run run = new Run(listener);
      runs.add(run);
      return run;
    }

    @Override
    public void close() {}
  }

  private static final class Run implements Generation {
    private final TextListener listener;
    private final CompletableFuture<GenerationResult> result = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private volatile boolean cancelled;

    Run(TextListener listener) {
      this.listener = listener;
    }

    Run say(String piece) {
      text.append(piece);
      listener.text(piece);
      return this;
    }

    Run think(String piece) {
      listener.thought(piece);
      return this;
    }

    void end() {
      end(FinishReason.END);
    }

    void end(FinishReason reason) {
      Duration none = Duration.ZERO;
      result.complete(new GenerationResult(text.toString(), reason, 3, 0, 3, none, none, none));
    }

    void fail() {
      result.completeExceptionally(new ModelException("broken"));
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public CompletableFuture<GenerationResult> result() {
      return result;
    }
  }
}
