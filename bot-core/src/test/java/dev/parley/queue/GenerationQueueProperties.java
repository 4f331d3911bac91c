package dev.parley.queue;

import static dev.parley.queue.Asked.prompt;
import static dev.parley.queue.Asked.question;
import static dev.parley.queue.Asked.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.queue.GenerationRequest.Priority;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Whatever is asked, ended, stopped and broken in whatever order. */
class GenerationQueueProperties {
  private static final QueueLimits LIMITS = new QueueLimits(6, 2, 30);

  /** What the queue thinks an answer costs before it has seen any. */
  private static final int FIRST_GUESS = 270;

  private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");

  enum Deed {
    ASK,
    ASK_IN_BACKGROUND,
    ASK_WITH_A_BROKEN_PROMPT,
    END,
    FAIL,
    CANCEL
  }

  /** What is done, by whom, where, and a number that chooses or measures. */
  record Step(Deed deed, int person, int place, int conversation, int number) {}

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(Deed.ASK)),
                Tuple.of(4, Arbitraries.just(Deed.END)),
                Tuple.of(
                    3,
                    Arbitraries.of(
                        Deed.ASK_IN_BACKGROUND,
                        Deed.ASK_WITH_A_BROKEN_PROMPT,
                        Deed.FAIL,
                        Deed.CANCEL))),
            Arbitraries.integers().between(0, 4),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 1_000))
        .as(Step::new)
        .list()
        .ofMaxSize(120);
  }

  /** A queue, and what the test knows of it without asking it. */
  private static final class World {
    final ScriptedModel model;
    final GenerationQueue queue;
    final List<Entry> entries = new ArrayList<>();
    Instant now = NOW;

    World(int parallel) {
      model = new ScriptedModel(parallel);
      queue = new GenerationQueue(model, LIMITS, () -> now, Runnable::run);
    }

    /** One request. */
    final class Entry {
      final int number = entries.size();
      final GenerationRequest request;
      boolean begun;
      @Nullable QueuedGeneration queued;

      Entry(Step step, Priority priority) {
        request =
            request(
                "person " + step.person,
                "place " + step.place,
                // of one place, shared by its people where the number is 0
                step.conversation == 0
                    ? 1_000 + step.place
                    : step.person * 100 + step.place * 10 + step.conversation,
                priority,
                () -> begin(step.deed));
      }

      private GenerationRequest.Prompt begin(Deed deed) {
        checkBegin();
        begun = true;
        if (deed == Deed.ASK_WITH_A_BROKEN_PROMPT) {
          throw new IllegalStateException("broken");
        }
        return prompt(String.valueOf(number));
      }

      private void checkBegin() {
        assertThat(begun).as("begun twice").isFalse();
        assertThat(running().map(r -> r.request.conversation()))
            .doesNotContain(request.conversation());
        if (request.priority() == Priority.BACKGROUND) {
          assertThat(model.running.size() + 1 < model.parallel || model.running.isEmpty())
              .as("leaves a slot")
              .isTrue();
        } else {
          assertThat(earlierOfTheSame()).as("first come, first served").isEmpty();
        }
      }

      private List<Entry> earlierOfTheSame() {
        return entries.stream()
            .filter(
                e -> e.number < number && e.waits() && e.request.person().equals(request.person()))
            .filter(e -> e.request.priority() == Priority.ANSWER)
            .filter(e -> e.request.conversation() == request.conversation())
            .toList();
      }

      QueuedGeneration queued() {
        return Objects.requireNonNull(queued);
      }

      boolean waits() {
        return !begun && queued != null && !queued.result().isDone();
      }
    }

    Stream<Entry> running() {
      return model.prompts().stream().map(text -> entries.get(Integer.parseInt(text)));
    }

    List<Entry> waiting(Priority priority) {
      return entries.stream().filter(e -> e.waits() && e.request.priority() == priority).toList();
    }

    void apply(Step step) {
      switch (step.deed) {
        case ASK, ASK_WITH_A_BROKEN_PROMPT -> submit(new Entry(step, Priority.ANSWER));
        case ASK_IN_BACKGROUND -> submit(new Entry(step, Priority.BACKGROUND));
        case END -> pick(step).ifPresent(run -> run.end(1 + step.number));
        case FAIL -> pick(step).ifPresent(run -> run.fail(new IllegalStateException("failed")));
        case CANCEL -> {
          if (!entries.isEmpty()) {
            entries.get(step.number % entries.size()).queued().cancel();
          }
        }
      }
    }

    private void submit(Entry entry) {
      entries.add(entry);
      try {
        entry.queued = queue.submit(entry.request);
      } catch (QueueFullException full) {
        entries.removeLast();
        assertThat(full.personal() ? waitingOf(entry) : waiting(entry.request.priority()).size())
            .isEqualTo(full.personal() ? LIMITS.waitingPerPerson() : LIMITS.waiting());
      }
    }

    private int waitingOf(Entry entry) {
      return (int)
          waiting(Priority.ANSWER).stream()
              .filter(e -> e.request.person().equals(entry.request.person()))
              .count();
    }

    private Optional<ScriptedModel.Run> pick(Step step) {
      return model.running.isEmpty()
          ? Optional.empty()
          : Optional.of(model.running.get(step.number % model.running.size()));
    }

    void check() {
      assertThat(model.running.size()).isLessThanOrEqualTo(model.parallel);
      Map<Object, Long> answersOf =
          running()
              .filter(e -> e.request.priority() == Priority.ANSWER)
              .collect(Collectors.groupingBy(e -> e.request.person(), Collectors.counting()));
      assertThat(answersOf.values()).allMatch(count -> count <= LIMITS.runningPerPerson());
      if (model.running.size() < model.parallel) {
        List<Object> taken = running().<Object>map(e -> e.request.conversation()).toList();
        assertThat(waiting(Priority.ANSWER))
            .as("a slot is free and these could run")
            .allMatch(
                e ->
                    taken.contains(e.request.conversation())
                        || answersOf.getOrDefault(e.request.person(), 0L)
                            >= LIMITS.runningPerPerson());
        if (waiting(Priority.ANSWER).isEmpty()
            && (model.running.isEmpty() || model.running.size() + 1 < model.parallel)) {
          assertThat(waiting(Priority.BACKGROUND))
              .as("nobody waits and these could run")
              .allMatch(e -> taken.contains(e.request.conversation()));
        }
      }
      int waiting = waiting(Priority.ANSWER).size() + waiting(Priority.BACKGROUND).size();
      assertThat(queue.size()).isEqualTo(waiting + model.running.size());
    }

    void drain() {
      while (!model.running.isEmpty()) {
        model.running.getFirst().end(10);
        check();
      }
    }
  }

  @Property(tries = 600)
  void everySlotIsUsedEveryLimitHeldAndNothingLost(
      @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 5) int parallel) {
    World world = new World(parallel);
    for (Step step : steps) {
      world.apply(step);
      world.check();
    }
    world.drain();

    assertThat(world.queue.size()).isZero();
    assertThat(world.entries).allMatch(entry -> entry.queued().result().isDone());
  }

  @Property(tries = 200)
  void positionsAreAllNumbersFromOneAndEstimatesGrowWithThem(
      @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 5) int parallel) {
    World world = new World(parallel);
    steps.forEach(world::apply);
    world.now = NOW.plusSeconds(2); // a forecast may be one second old

    List<World.Entry> waiting = new ArrayList<>(world.waiting(Priority.ANSWER));
    waiting.addAll(world.waiting(Priority.BACKGROUND));
    waiting.sort(Comparator.comparingInt(e -> e.queued().position()));

    for (int i = 0; i < waiting.size(); i++) {
      assertThat(waiting.get(i).queued().position()).isEqualTo(i + 1);
      if (i > 0) {
        assertThat(waiting.get(i).queued().estimate().orElseThrow())
            .isGreaterThanOrEqualTo(waiting.get(i - 1).queued().estimate().orElseThrow());
      }
    }
  }

  /** Somebody's fifty messages, of any lengths, in any places, and someone who sends one. */
  @Property(tries = 300)
  void fiftyMessagesDelayANewcomerByAtMostOneAnswer(
      @ForAll @Size(50) List<@IntRange(min = 1, max = 2_000) Integer> lengths,
      @ForAll @IntRange(min = 1, max = 4) int parallel,
      @ForAll @IntRange(min = 1, max = 50) int places,
      @ForAll @IntRange(min = 0, max = 40) int before,
      @ForAll boolean samePlace,
      @ForAll @IntRange(min = 0, max = 1_000) int ends)
      throws QueueFullException {
    ScriptedModel model = new ScriptedModel(parallel);
    GenerationQueue queue =
        new GenerationQueue(model, new QueueLimits(50, parallel, 100), () -> NOW, Runnable::run);
    for (int i = 0; i < 50; i++) {
      queue.submit(question("noisy", "place " + i % places, i, String.valueOf(i)));
    }
    for (int i = 0; i < before; i++) {
      end(model, lengths, ends + i);
    }
    List<String> atArrival = model.prompts();
    queue.submit(question("newcomer", samePlace ? "place 0" : "other", 99, "newcomer"));

    int begunBefore = 0;
    for (int i = 0; !model.prompts().contains("newcomer"); i++) {
      end(model, lengths, ends + i);
      begunBefore =
          (int) model.prompts().stream().filter(text -> !atArrival.contains(text)).count();
    }

    assertThat(begunBefore - 1).isLessThanOrEqualTo(1);
  }

  /** Whatever the lengths of their answers, however many people ask in each. */
  @Property(tries = 200)
  void placesGetTheSameWorkDone(
      @ForAll @IntRange(min = 1, max = 4) int parallel,
      @ForAll @IntRange(min = 1, max = 1_000) int tokensHere,
      @ForAll @IntRange(min = 1, max = 1_000) int tokensThere,
      @ForAll @IntRange(min = 1, max = 20) int peopleHere)
      throws QueueFullException {
    ScriptedModel model = new ScriptedModel(parallel);
    GenerationQueue queue =
        new GenerationQueue(model, new QueueLimits(1_000, 64, 9_999), () -> NOW, Runnable::run);
    for (int i = 0; i < 600; i++) {
      queue.submit(question("here " + i % peopleHere, "here", i, "here"));
      queue.submit(question("there", "there", 1_000 + i, "there"));
    }
    long here = 0;
    long there = 0;
    for (int i = 0; i < 500; i++) {
      ScriptedModel.Run first = model.running.getFirst();
      boolean isHere = first.prompt.equals("here");
      here += isHere ? tokensHere : 0;
      there += isHere ? 0 : tokensThere;
      first.end(isHere ? tokensHere : tokensThere);
    }

    int runningHere = (int) model.prompts().stream().filter("here"::equals).count();
    here += (long) runningHere * tokensHere;
    there += (long) (model.running.size() - runningHere) * tokensThere;

    // Jin, Chase and Kaur 2004, theorem 1; what begins is charged with the mean of past ones
    long most = (long) Math.max(tokensHere, FIRST_GUESS) + Math.max(tokensThere, FIRST_GUESS);
    assertThat(Math.abs(here - there)).isLessThanOrEqualTo((parallel + 1L) * most);
  }

  private static void end(ScriptedModel model, List<Integer> lengths, int choice) {
    if (!model.running.isEmpty()) {
      ScriptedModel.Run run = model.running.get(choice % model.running.size());
      run.end(lengths.get(choice % lengths.size()));
    }
  }
}
