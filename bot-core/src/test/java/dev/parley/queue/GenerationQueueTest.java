package dev.parley.queue;

import static dev.parley.queue.Asked.background;
import static dev.parley.queue.Asked.prompt;
import static dev.parley.queue.Asked.question;
import static dev.parley.queue.Asked.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.queue.GenerationRequest.Priority;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The rules of the queue one by one; the test's own thread does everything. */
class GenerationQueueTest {
  private static final QueueLimits LIMITS = new QueueLimits(5, 2, 10);

  private Instant now = Instant.parse("2026-11-23T15:00:00Z");

  private final ScriptedModel model = new ScriptedModel(2);
  private final GenerationQueue queue =
      new GenerationQueue(model, LIMITS, () -> now, Runnable::run);

  @Test
  void asManyRunAsTheModelHasRoomFor() throws QueueFullException {
    queue.submit(question("Ada", "a", 1, "one"));
    queue.submit(question("Bob", "b", 2, "two"));
    QueuedGeneration third = queue.submit(question("Cem", "c", 3, "three"));

    assertThat(model.prompts()).containsExactly("one", "two");
    assertThat(third.position()).isEqualTo(1);

    model.run("one").end(10);
    assertThat(model.prompts()).containsExactly("two", "three");
    assertThat(third.position()).isZero();
    assertThat(third.estimate()).isEmpty();
  }

  @Test
  void aSecondQuestionOfAConversationWaitsThoughThereIsRoom() throws QueueFullException {
    queue.submit(question("Ada", "group", 1, "first"));
    queue.submit(question("Bob", "group", 1, "second"));
    assertThat(model.prompts()).containsExactly("first");

    model.run("first").end(10);
    assertThat(model.prompts()).containsExactly("second");
  }

  @Test
  void theNextPromptOfAConversationSeesTheStoredAnswer() throws QueueFullException {
    List<String> tree = new ArrayList<>();
    queue.submit(question("Ada", "a", 1, "first"), result -> tree.add("answer"));
    queue.submit(
        request("Ada", "a", 1, Priority.ANSWER, () -> prompt(tree + " second")), result -> {});

    model.run("first").end(10);

    assertThat(model.prompts()).containsExactly("[answer] second");
  }

  @Test
  void aPersonHasNoMoreRunningThanAllowed() throws QueueFullException {
    model.parallel = 4;
    for (int i = 0; i < 4; i++) {
      queue.submit(question("Ada", "a" + i, i, "Ada " + i));
    }
    queue.submit(question("Bob", "b", 9, "Bob"));

    assertThat(model.prompts()).containsExactly("Ada 0", "Ada 1", "Bob");
  }

  @Test
  void aPersonHasNoMoreWaitingThanAllowedAndIsToldHowLong() throws QueueFullException {
    for (int i = 0; i < 7; i++) {
      queue.submit(question("Ada", "a", i, "Ada " + i));
    }

    QueueFullException full =
        catchThrowableOfType(
            QueueFullException.class, () -> queue.submit(question("Ada", "elsewhere", 8, "more")));
    assertThat(full.personal()).isTrue();
    assertThat(full.untilRoom()).isPositive();

    queue.submit(question("Bob", "b", 9, "Bob"));
    assertThat(queue.size()).isEqualTo(8);
  }

  @Test
  void aFullQueueSaysHowLong() throws QueueFullException {
    for (int i = 0; i < 12; i++) {
      queue.submit(question("person " + i, "place " + i, i, "question " + i));
    }

    QueueFullException full =
        catchThrowableOfType(
            QueueFullException.class, () -> queue.submit(question("late", "late", 13, "late")));
    assertThat(full.personal()).isFalse();
    assertThat(full.untilRoom()).isPositive().isLessThan(Duration.ofMinutes(1));
    assertThat(queue.size()).isEqualTo(12);
  }

  @Test
  void whatTheQueueHadTakenItTakesAgainThoughItIsFull() throws QueueFullException {
    for (int i = 0; i < 12; i++) {
      queue.submit(question("person " + i, "place " + i, i, "question " + i));
    }

    queue.submitAgain(question("late", "late", 13, "late"), result -> {});
    assertThat(queue.size()).isEqualTo(13);
  }

  @Test
  void backgroundWorkCountsTowardsNoLimitOfThePerson() throws QueueFullException {
    queue.submit(question("Ada", "a", 1, "one"));
    queue.submit(question("Ada", "a", 2, "two"));
    for (int i = 0; i < 10; i++) {
      queue.submit(background("Ada", "a", 10 + i, "title " + i));
    }
    QueuedGeneration question = queue.submit(question("Ada", "a", 3, "three"));
    assertThat(question.position()).isEqualTo(1);
    assertThatThrownBy(() -> queue.submit(background("Ada", "a", 30, "title")))
        .isInstanceOf(QueueFullException.class);
  }

  @Test
  void backgroundWorkLeavesASlotForPeople() throws QueueFullException {
    queue.submit(background("Ada", "a", 1, "title 1"));
    queue.submit(background("Ada", "a", 2, "title 2"));
    assertThat(model.prompts()).containsExactly("title 1");

    queue.submit(question("Bob", "b", 3, "Bob"));
    assertThat(model.prompts()).containsExactly("title 1", "Bob");
  }

  @Test
  void backgroundWorkWaitsForEveryAnswer() throws QueueFullException {
    queue.submit(question("Ada", "a", 1, "one"));
    QueuedGeneration second = queue.submit(question("Ada", "a", 1, "two"));
    queue.submit(background("Ada", "a", 2, "title"));
    assertThat(model.prompts()).containsExactly("one");

    second.cancel();
    assertThat(model.prompts()).as("nobody waits any more").containsExactly("one");
    model.run("one").end(10);
    assertThat(model.prompts()).containsExactly("title");
  }

  @Test
  void backgroundWorkBeginsWhenTheLastWhoWaitedGivesUp() throws QueueFullException {
    model.parallel = 3;
    queue.submit(question("Ada", "a", 1, "one"));
    QueuedGeneration second = queue.submit(question("Ada", "a", 1, "two"));
    queue.submit(background("Ada", "a", 2, "title"));

    second.cancel();

    assertThat(model.prompts()).containsExactly("one", "title");
  }

  @Test
  void whatWaitsIsCancelledAtOnce() throws QueueFullException {
    queue.submit(question("Ada", "a", 1, "one"));
    QueuedGeneration second = queue.submit(question("Ada", "a", 1, "two"));

    second.cancel();

    assertThat(second.result()).isCancelled();
    assertThat(second.position()).isZero();
    model.run("one").end(10);
    assertThat(queue.size()).isZero();
  }

  @Test
  void whatRunsIsStoppedAndItsSlotIsFree() throws QueueFullException {
    model.parallel = 1;
    QueuedGeneration first = queue.submit(question("Ada", "a", 1, "one"));
    queue.submit(question("Bob", "b", 2, "two"));
    model.run("one").write("so far");

    first.cancel();

    assertThat(first.result()).isCompletedWithValueMatching(r -> r.generatedTokens() == 1);
    assertThat(model.prompts()).containsExactly("two");
  }

  @Test
  void whoCancelsWhileThePromptIsMadeIsHeard() throws QueueFullException {
    List<QueuedGeneration> queued = new ArrayList<>();
    queue.submit(question("Ada", "a", 1, "one"));
    queued.add(
        queue.submit(
            request(
                "Ada",
                "a",
                1,
                Priority.ANSWER,
                () -> {
                  queued.getFirst().cancel();
                  return prompt("two");
                })));

    model.run("one").end(10);

    assertThat(queued.getFirst().result()).isCompleted();
    assertThat(queue.size()).isZero();
  }

  @Test
  void aPromptThatFailsFailsItsRequestAlone() throws QueueFullException {
    model.parallel = 1;
    queue.submit(question("Ada", "a", 1, "one"));
    QueuedGeneration bad =
        queue.submit(
            request(
                "Bob",
                "b",
                2,
                Priority.ANSWER,
                () -> {
                  throw new IllegalStateException("its conversation is gone");
                }));
    queue.submit(question("Cem", "c", 3, "three"));

    model.run("one").end(10);

    assertThat(bad.result()).isCompletedExceptionally();
    assertThat(model.prompts()).containsExactly("three");
  }

  @Test
  void anAnswerThatCannotBeStoredFailsAndFreesItsSlot() throws QueueFullException {
    QueuedGeneration first =
        queue.submit(
            question("Ada", "a", 1, "one"),
            result -> {
              throw new IllegalStateException("disk full");
            });
    queue.submit(question("Ada", "a", 1, "two"));

    model.run("one").end(10);

    assertThatThrownBy(() -> first.result().join()).hasRootCauseMessage("disk full");
    assertThat(model.prompts()).containsExactly("two");
  }

  @Test
  void withoutAThreadItIsDoneAtOnce() throws QueueFullException {
    GenerationQueue poor =
        new GenerationQueue(
            model,
            LIMITS,
            () -> now,
            task -> {
              throw new RejectedExecutionException("none left");
            });
    QueuedGeneration first = poor.submit(question("Ada", "a", 1, "one"));
    poor.submit(question("Ada", "a", 1, "two"));

    model.run("one").end(10);

    assertThat(first.result()).isCompleted();
    assertThat(model.prompts()).containsExactly("two");
  }

  @Test
  void closingStopsEverythingAndSaysThatNobodyStoppedIt() throws QueueFullException {
    QueuedGeneration running = queue.submit(question("Ada", "a", 1, "one"));
    QueuedGeneration waiting = queue.submit(question("Ada", "a", 1, "two"));
    QueuedGeneration stopped = queue.submit(question("Ada", "a", 1, "three"));
    stopped.cancel();

    queue.close();

    assertThatThrownBy(() -> running.result().join())
        .hasCauseInstanceOf(QueueClosedException.class);
    assertThatThrownBy(() -> waiting.result().join())
        .hasCauseInstanceOf(QueueClosedException.class);
    assertThat(stopped.result()).isCancelled();
    assertThat(model.running).isEmpty();
    assertThat(queue.size()).isZero();
    assertThatThrownBy(() -> queue.submit(question("Bob", "b", 2, "late")))
        .isInstanceOf(QueueClosedException.class);
  }

  @Test
  void drainingWaitsForWhatIsWrittenAndLetsInNothing() throws Exception {
    QueuedGeneration running = queue.submit(question("Ada", "a", 1, "one"));
    QueuedGeneration waiting = queue.submit(question("Ada", "a", 1, "two"));
    FutureTask<Boolean> draining =
        new FutureTask<>(
            () -> {
              queue.drain(Duration.ofMinutes(1));
              return running.result().isDone();
            });
    Thread.ofVirtual().start(draining);
    assertThatThrownBy(() -> waiting.result().join())
        .hasCauseInstanceOf(QueueClosedException.class);

    model.running.getFirst().end(100);

    assertThat(draining.get()).isTrue();
    assertThat(running.result()).isCompleted();
    assertThatThrownBy(() -> queue.submit(question("Bob", "b", 2, "late")))
        .isInstanceOf(QueueClosedException.class);
  }

  @Test
  void whatDoesNotEndInTimeIsLeftToTheNextStart() throws Exception {
    QueuedGeneration running = queue.submit(question("Ada", "a", 1, "one"));

    queue.drain(Duration.ZERO);
    assertThat(running.result()).isNotDone();
    queue.close();

    assertThatThrownBy(() -> running.result().join())
        .hasCauseInstanceOf(QueueClosedException.class);
  }

  @Test
  void somebodyInManyPlacesHasOneShare() throws QueueFullException {
    model.parallel = 1;
    for (int i = 0; i < 6; i++) {
      queue.submit(question("Ada", "thread " + i, i, "Ada " + i));
    }
    queue.submit(question("Bob", "b", 9, "Bob"));

    model.running.getFirst().end(100);
    assertThat(model.prompts()).containsExactly("Bob");
  }

  @Test
  void theEstimateCountsDown() throws QueueFullException {
    model.parallel = 1;
    queue.submit(question("Ada", "a", 1, "one"));
    QueuedGeneration second = queue.submit(question("Bob", "b", 2, "two"));
    Duration before = second.estimate().orElseThrow();

    now = now.plusMillis(900);

    assertThat(second.estimate()).contains(before.minusMillis(900));
  }

  @Test
  void aClockThatIsPutBackKeepsNoOldPositions() throws QueueFullException {
    model.parallel = 1;
    queue.submit(question("Ada", "a", 1, "one"));
    queue.submit(question("Bob", "b", 2, "two"));
    QueuedGeneration third = queue.submit(question("Cem", "c", 3, "three"));
    assertThat(third.position()).isEqualTo(2);

    now = now.minus(Duration.ofDays(1));
    model.run("one").end(10);

    assertThat(third.position()).isEqualTo(1);
  }

  @Test
  void whoeverMakesAForecastHoldsUpNoAnswer() throws Exception {
    CountDownLatch played = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger looks = new AtomicInteger();
    InstantSource clock =
        () -> {
          if (Thread.currentThread().isVirtual() && looks.incrementAndGet() == 2) {
            played.countDown();
            await(goOn);
          }
          return now;
        };
    GenerationQueue busy = new GenerationQueue(model, LIMITS, clock, Runnable::run);
    busy.submit(question("Ada", "a", 1, "one"));
    busy.submit(question("Bob", "b", 2, "two"));
    QueuedGeneration third = busy.submit(question("Cem", "c", 3, "three"));
    FutureTask<Integer> position = new FutureTask<>(third::position);
    Thread.ofVirtual().start(position);

    played.await(); // it looks at the clock before and after
    model.run("one").end(10);
    assertThat(model.prompts()).containsExactly("two", "three");

    goOn.countDown();
    assertThat(position.get()).isEqualTo(1);
  }

  @Test
  void aForecastIsBoundedAlsoWhereMoreComeThanAreAnswered() {
    FairOrder order = new FairOrder(2);
    for (int i = 0; i < 100; i++) {
      order.add(new QueuedGeneration(queue, question("p" + i, "p" + i, i, ""), result -> {}, i));
    }

    Forecast forecast = new Forecast(queue, order, 1, new double[] {60}, 1, 1, now);

    assertThat(forecast.played()).isBetween(100, 3_100);
  }

  @Test
  void whatFailedCostsWhatItHadWritten() throws QueueFullException {
    model.parallel = 1;
    queue.submit(question("Ada", "a", 1, "Ada 1"));
    queue.submit(question("Bob", "b", 2, "Bob 1"));
    queue.submit(question("Ada", "a", 3, "Ada 2"));
    queue.submit(question("Bob", "b", 4, "Bob 2"));
    for (int i = 0; i < 90; i++) {
      model.run("Ada 1").write("piece");
    }
    model.run("Ada 1").fail(new IllegalStateException("out of memory"));
    model.run("Bob 1").end(30);

    assertThat(model.prompts()).containsExactly("Bob 2");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
